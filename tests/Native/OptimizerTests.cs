using System.Text.Json;
using Fovea.Native;

namespace Fovea.Tests.Native;

public sealed unsafe class OptimizerTests : DoorTest
{
    [SkippableTheory]
    [InlineData("sgd")]
    [InlineData("sgd-momentum")]
    [InlineData("sgd-dampening")]
    [InlineData("sgd-nesterov")]
    [InlineData("adam")]
    [InlineData("adam-decay")]
    [InlineData("adam-amsgrad")]
    [InlineData("adamw")]
    [InlineData("adamw-amsgrad")]
    public void Step_TenTimes_AgreesWithPyTorch(string name)
    {
        using var numbers = JsonDocument.Parse(File.ReadAllText(TestData.Reference("native/numbers.json")));
        var entry = numbers.RootElement.GetProperty("optimizers").GetProperty(name);
        var wanted = entry.GetProperty("parameters").EnumerateArray().Select(e => e.GetSingle()).ToArray();
        var options = entry.GetProperty("options");
        var start = Enumerable.Range(0, 37).Select(i => (float)(-1 + (i * 2.0 / 36))).ToArray();

        var got = Run(name, options, start);

        for (var i = 0; i < wanted.Length; i++)
        {
            Assert.Equal(wanted[i], got[i], 2e-6f); // ten steps of numbers around 1, each rounded a few times to 6e-8
        }
    }

    [SkippableFact]
    public void SgdStep_LargeParameters_EqualsANaiveLoop()
    {
        // Three pieces for the threads and a rest for the vector code.
        var random = new Random(1);
        var p = Numbers(random, 150_001);
        var g = Numbers(random, 150_001);
        var m = Numbers(random, 150_001);
        nint parameter = Tensor(p), gradient = Tensor(g), momentum = Tensor(m);

        Door.SgdStep(new SgdStepOptions { LearningRate = 0.1, Momentum = 0.9, WeightDecay = 0.01 }, [parameter], [gradient], [momentum]);

        float[] gotP = Read(parameter), gotM = Read(momentum);
        for (var i = 0; i < p.Length; i++)
        {
            var buffer = (m[i] * 0.9) + g[i] + (0.01 * p[i]);
            Assert.Equal(buffer, gotM[i], 5e-7); // three float32 roundings of numbers below 2
            Assert.Equal(p[i] - (0.1 * buffer), gotP[i], 5e-7);
        }
    }

    [SkippableFact]
    public void AdamStep_ChannelsLastParameter_MatchesElementByElement()
    {
        var random = new Random(2);
        var p = Numbers(random, 24);
        var g = Numbers(random, 24);
        nint plain = Tensor(p, 1, 2, 3, 4), gradient = Tensor(g, 1, 2, 3, 4);
        var last = Own(Operator.Find("aten::contiguous").Call([Value.Tensor(plain), Value.Int(2)]));
        var options = new AdamStepOptions { LearningRate = 0.1, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, Step = 1 };

        Door.AdamStep(options, [plain], [gradient], [Zeros(plain)], [Zeros(plain)]);
        Door.AdamStep(options, [last], [gradient], [Zeros(last)], [Zeros(last)]);

        Assert.Equal(Read(plain), Read(last));
    }

    [SkippableFact]
    public void Step_ParameterWithoutGradient_IsLeftAlone()
    {
        nint a = Tensor([1]), b = Tensor([1]), gradient = Tensor([1]);

        Door.SgdStep(new SgdStepOptions { LearningRate = 0.5 }, [a, b], [0, gradient]);

        Assert.Equal([1], Read(a));
        Assert.Equal([0.5f], Read(b));
    }

    [SkippableFact]
    public void Step_UsedByAutogradAgain_IsNoticed()
    {
        // The version counter rises, so a graph that still needs the old values refuses to go on.
        nint weight = Tensor([2]), gradient = Tensor([1]);
        Door.TensorSetRequiresGrad(weight, true);
        var square = Own(Operator.Find("aten::mul", "Tensor").Call([Value.Tensor(weight), Value.Tensor(weight)]));

        Door.SgdStep(new SgdStepOptions { LearningRate = 0.5 }, [weight], [gradient]);

        Assert.Contains("modified by an inplace operation", Fails(NativeStatus.Error, () => Door.Backward([square])).Message);
    }

    [SkippableFact]
    public void Step_UnfitTensors_AreRefusedBeforeAnythingChanges()
    {
        nint good = Tensor([1, 2]), other = Tensor([1, 2, 3]);
        var doubles = Own(Operator.Find("aten::to", "dtype").Call([Value.Tensor(good), Value.Int(7)]));
        var sgd = new SgdStepOptions { LearningRate = 1, Momentum = 0.9 };
        var adam = new AdamStepOptions { LearningRate = 1, Beta1 = 0.9, Beta2 = 0.9, Epsilon = 1, Step = 1 };
        var large = Tensor(new float[24], 1, 2, 3, 4);
        var last = Own(Operator.Find("aten::contiguous").Call([Value.Tensor(large), Value.Int(2)]));

        Fails(NativeStatus.BadArgument, () => Door.SgdStep(sgd, [good, good], [good, other], [good, good]));
        Fails(NativeStatus.BadArgument, () => Door.SgdStep(sgd, [doubles], [doubles], [doubles]));
        Fails(NativeStatus.BadArgument, () => Door.SgdStep(sgd, [good], [good])); // momentum without buffers
        Fails(NativeStatus.BadArgument, () => Door.SgdStep(sgd, [good], [good], [0]));
        Fails(NativeStatus.BadArgument, () => Door.SgdStep(sgd, [large], [large], [last]));
        Fails(NativeStatus.BadArgument, () => Door.SgdStep(sgd with { Nesterov = true, Dampening = 0.5 }, [good], [good], [good]));
        Fails(NativeStatus.BadArgument, () => Door.AdamStep(adam with { Step = 0 }, [good], [good], [good], [good]));
        Fails(NativeStatus.BadArgument, () => Door.AdamStep(adam, [good], [good], [good], [other]));
        Fails(NativeStatus.BadArgument, () => Door.AdamStep(adam with { Amsgrad = true }, [good], [good], [good], [good]));
        Assert.Throws<ArgumentException>(() => Door.SgdStep(sgd, [good], [good, good], [good]));

        Assert.Equal([1, 2], Read(good));
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];

    private nint Zeros(nint like) => Own(Operator.Find("aten::zeros_like").Call([Value.Tensor(like)]));

    private float[] Run(string name, JsonElement options, float[] start)
    {
        double Number(string key, double standard) => options.TryGetProperty(key, out var value) ? value.GetDouble() : standard;
        bool Flag(string key) => options.TryGetProperty(key, out var value) && value.GetBoolean();
        double Beta(int i, double standard) => options.TryGetProperty("betas", out var value) ? value[i].GetDouble() : standard;

        var parameter = Tensor(start);
        nint first = Zeros(parameter), second = Zeros(parameter), third = Zeros(parameter);
        for (var step = 1; step <= 10; step++)
        {
            var gradient = Tensor([.. Enumerable.Range(0, 37).Select(i => (0.25f + (((7 * i) + (3 * (step - 1))) % 11 / 8f)) * ((i + step - 1) % 4 == 0 ? -1 : 1))]);
            if (name.StartsWith("sgd", StringComparison.Ordinal))
            {
                var sgd = new SgdStepOptions
                {
                    LearningRate = Number("lr", 0),
                    Momentum = Number("momentum", 0),
                    Dampening = Number("dampening", 0),
                    WeightDecay = Number("weight_decay", 0),
                    Nesterov = Flag("nesterov"),
                    Maximize = Flag("maximize"),
                    First = step == 1,
                };
                Door.SgdStep(sgd, [parameter], [gradient], [first]);
            }
            else
            {
                var adam = new AdamStepOptions
                {
                    LearningRate = Number("lr", 0),
                    Beta1 = Beta(0, 0.9),
                    Beta2 = Beta(1, 0.999),
                    Epsilon = Number("eps", 1e-8),
                    WeightDecay = Number("weight_decay", 0),
                    Decoupled = name.StartsWith("adamw", StringComparison.Ordinal),
                    Amsgrad = Flag("amsgrad"),
                    Maximize = Flag("maximize"),
                    Step = step,
                };
                Door.AdamStep(adam, [parameter], [gradient], [first], [second], Flag("amsgrad") ? [third] : []);
            }
        }

        return Read(parameter);
    }
}
