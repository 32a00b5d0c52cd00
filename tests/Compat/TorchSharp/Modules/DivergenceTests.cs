using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Fovea.Tests.Compat.Modules;

/// <summary>
/// Where TorchSharp 0.106.0 gives other numbers than PyTorch, or fails, the subset follows PyTorch
/// (tests/Reference/torchsharp/divergences.py). The package cannot pass these: the project leaves them out by their
/// trait when it is built on the package. Nothing of Fovea may rest on either side of them.
/// </summary>
[Trait("Follows", "PyTorch")]
public class DivergenceTests
{
    private static readonly ReferenceFile Reference = new("divergences");

    private static readonly Dictionary<string, Func<Module>> Layers = new()
    {
        // The package swaps the paddings of the two dimensions.
        ["Conv2d_same_uneven"] = () => Conv2d(4, 3, (3, 5), Padding.Same, padding_mode: PaddingModes.Replicate),
        // It takes the first output padding for both dimensions.
        ["ConvTranspose2d_uneven"] = () => ConvTranspose2d(4, 6, (3, 4), (2, 3), (1, 0), (1, 2), groups: 2),
        // The input, unchanged.
        ["Hardtanh"] = () => Hardtanh(-0.5, 0.8),
        // A NullReferenceException.
        ["AdaptiveMaxPool3d"] = () => AdaptiveMaxPool3d([2, 2, 3]),
        // The sum of each row.
        ["GaussianNLLLoss"] = () => GaussianNLLLoss(reduction: Reduction.None, eps: 1e-6f),
        // eps has no effect.
        ["PoissonNLLLoss"] = () => PoissonNLLLoss(log_input: false, full: true, eps: 1e-3f),
        // The size asked for does not arrive.
        ["MaxUnpool2d"] = () => MaxUnpool2d(2),
        ["MaxUnpool3d"] = () => MaxUnpool3d(2),
    };

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Initializers = new()
    {
        // One value throughout.
        ["trunc_normal"] = t => init.trunc_normal_(t, 0.1, 0.7, -1, 0.8),
        // A uniform distribution of the same deviation.
        ["xavier_normal"] = t => init.xavier_normal_(t, 1.5),
        // Other draws, rounded to float32.
        ["orthogonal"] = t => init.orthogonal_(t, 2),
        ["orthogonal_wide"] = t => init.orthogonal_(t),
    };

    public static TheoryData<string> LayerNames => new(Layers.Keys);

    public static TheoryData<string> InitializerNames => new(Initializers.Keys);

    [Fact]
    public void Cases_OfTheReference_AreAllTested() =>
        Assert.Equal(Reference.Cases.Order(StringComparer.Ordinal), Layers.Keys.Concat(Initializers.Keys).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void Layer_HasPyTorchsOutputAndGradients(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = Layers[name]().to(ScalarType.Float64);
        layer.load_state_dict(Reference.Below($"{name}/state/").ToDictionary(key => key, key => Reference.Tensor($"{name}/state/{key}")));
        // float64 in another order of summation; eps is float32 in TorchSharp's signatures, which shifts a gradient next to 0 by a part in 1e8.
        Numbers.SameAsRecorded(Reference, name, x => [Call(layer, x)], name == "PoissonNLLLoss" ? 1e-8 : 1e-11);
        foreach (var (key, parameter) in layer.named_parameters())
            Numbers.Same(Reference.Tensor($"{name}/grad/{key}"), parameter.grad!, 1e-11, $"{name}: gradient of {key}");
    }

    [Theory]
    [MemberData(nameof(InitializerNames))]
    public void Initializer_AfterSeed0_HasPyTorchsValues(string name)
    {
        using var scope = NewDisposeScope();
        var expected = Reference.Tensor($"{name}/output0");
        var weight = empty(expected.shape, ScalarType.Float64);
        manual_seed(0);
        Initializers[name](weight);
        // Logarithm, cosine, inverse error function and QR of float64 differ in the last digits between libraries.
        Numbers.Same(expected, weight, 1e-13, name);
    }

    /// <summary>The package leaves the weight as the memory was.</summary>
    [Fact]
    public void GroupNorm_StartsWithOnesAndZeros()
    {
        using var scope = NewDisposeScope();
        using var layer = GroupNorm(2, 4);
        Numbers.Equal(ones(4), layer.weight, "weight");
        Numbers.Equal(zeros(4), layer.bias!, "bias");
    }

    /// <summary>The package's weight belongs to the scope it was made in.</summary>
    [Fact]
    public void Embedding_MadeInAScope_OutlivesIt()
    {
        Embedding layer;
        using (NewDisposeScope()) layer = Embedding(3, 2);
        Assert.False(layer.state_dict()["weight"].IsInvalid);
        layer.Dispose();
    }

    /// <summary>The package trips over two properties named Item.</summary>
    [Fact]
    public void ModuleDict_CanBeMoved()
    {
        using var inner = Linear(2, 2);
        using var dictionary = ModuleDict(("a", (Module)inner));
        using var network = new Holder(dictionary);
        network.to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, inner.weight.dtype);
    }

    /// <summary>The package normalizes by a variance of 0.</summary>
    [Fact]
    public void BatchNorm_TrainingOnOneValueAChannel_Throws()
    {
        using var scope = NewDisposeScope();
        using var layer = BatchNorm1d(3);
        var row = ones(1, 3);
        Assert.Throws<ArgumentException>(() => layer.call(row));
    }

    /// <summary>The package takes the phase of a group from the number of the group, so the second one goes down from the first step.</summary>
    [Fact]
    public void OneCycleLR_OfTwoGroups_MovesBothAlike()
    {
        using var scope = NewDisposeScope();
        using var optimizer = optim.SGD([new SGD.ParamGroup([new Parameter(zeros(1))], 0.1), new SGD.ParamGroup([new Parameter(zeros(1))], 0.1)], 1);
        var schedule = optim.lr_scheduler.OneCycleLR(optimizer, [0.4, 0.2], total_steps: 12);
        for (var step = 1; step < 12; step++)
        {
            schedule.step();
            var rates = optimizer.ParamGroups.Select(group => group.LearningRate).ToList();
            // Halves are exact.
            Assert.Equal(rates[0], 2 * rates[1]);
        }
    }

    /// <summary>The package puts new parameters in the place of the old ones, which the optimizer does not know.</summary>
    [Fact]
    public void Optimizer_MadeBeforeTheMove_StillLearns()
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(2, 1);
        using var optimizer = optim.SGD(layer.parameters(), 0.5);
        layer.to(ScalarType.Float64);
        var before = layer.weight.detach().clone();
        layer.call(ones(1, 2, ScalarType.Float64)).sum().backward();
        optimizer.step();
        Numbers.Equal(before - 0.5, layer.weight, "weight");
    }

    private static Tensor Call(Module layer, Tensor[] x) => layer switch
    {
        MaxUnpool2d images => images.call(x[0], x[1], [7, 5]),
        MaxUnpool3d volumes => volumes.call(x[0], x[1], [4, 5, 6]),
        Module<Tensor, Tensor> one => one.call(x[0]),
        Module<Tensor, Tensor, Tensor> two => two.call(x[0], x[1]),
        Module<Tensor, Tensor, Tensor, Tensor> three => three.call(x[0], x[1], x[2]),
        _ => throw new InvalidOperationException($"{layer.GetName()} takes other arguments"),
    };

    private sealed class Holder : Module<Tensor, Tensor>
    {
        private readonly Module held;

        public Holder(Module module) : base(nameof(Holder))
        {
            held = module;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => input.alias();
    }
}
