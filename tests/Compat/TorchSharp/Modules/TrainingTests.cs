using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Fovea.Tests.Compat.Modules;

/// <summary>Five training steps from seed 0 against PyTorch and torchvision (tests/Reference/torchsharp/training.py).</summary>
public class TrainingTests
{
    private static readonly Recorded Reference =
        JsonSerializer.Deserialize<Recorded>(File.ReadAllText(TestData.Reference("torchsharp/training.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<string, double> Cases => new()
    {
        // float32: other kernels of LibTorch (AVX512, plain) shift these losses by up to 5e-7 of themselves.
        { "Cifar_SGD", 1e-6 },
        { "Cifar_Adam", 1e-6 },
        { "ResNet18_SGD", 1e-6 },
        // float64, five steps that bring the ResNet's loss from 2.6 to 0.08 and multiply roundings by a million.
        { "Cifar_SGD_double", 1e-12 },
        { "ResNet18_SGD_double", 1e-9 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void FiveSteps_FromSeed0_HavePyTorchsLosses(string name, double tolerance)
    {
        using var scope = NewDisposeScope();
        var dtype = name.EndsWith("_double") ? ScalarType.Float64 : ScalarType.Float32;
        var threads = get_num_threads();
        set_num_threads(1);
        try
        {
            manual_seed(0);
            using var network = Network(name, dtype);
            using var optimizer = Optimizer(name, network);
            var (x, y) = name.StartsWith("Cifar") ? Images(16, 32, dtype) : Images(4, 64, dtype);
            for (var step = 0; step < 5; step++)
            {
                using var inner = NewDisposeScope();
                optimizer.zero_grad();
                var loss = functional.cross_entropy(network.call(x), y);
                loss.backward();
                optimizer.step();
                var (wanted, got) = (Reference.Losses[name][step], loss.to(ScalarType.Float64).item<double>());
                Assert.True(Math.Abs(got - wanted) <= tolerance * wanted, $"{name}, step {step}: loss {got:g9}, PyTorch has {wanted:g9}");
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Theory]
    [InlineData("Cifar")]
    [InlineData("ResNet18")]
    public void StateDict_HasPyTorchsKeys(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, ScalarType.Float32);
        Assert.Equal(Reference.Keys[name].Order(StringComparer.Ordinal), network.state_dict().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TrainingSteps_InScopes_LeaveTheCountOfTensorsAsItWas()
    {
        using var scope = NewDisposeScope();
        using var network = new CifarNetwork();
        using var optimizer = optim.SGD(network.parameters(), 0.01, momentum: 0.9);
        var (x, y) = Images(2, 32, ScalarType.Float32);
        void Step()
        {
            using var inner = NewDisposeScope();
            network.zero_grad();
            functional.cross_entropy(network.call(x), y).backward();
            optimizer.step();
        }

        // The first step makes the momentum buffers, which stay.
        Step();
        var before = Tensor.TotalCount;
        for (var step = 0; step < 3; step++) Step();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Training_TwiceWithOneSeed_GivesTheSameBits()
    {
        using var scope = NewDisposeScope();
        Tensor Trained()
        {
            manual_seed(7);
            using var network = new CifarNetwork();
            using var optimizer = optim.AdamW(network.parameters(), 0.001);
            var (x, y) = Images(4, 32, ScalarType.Float32);
            for (var step = 0; step < 2; step++)
            {
                optimizer.zero_grad();
                functional.cross_entropy(network.call(x), y).backward();
                optimizer.step();
            }
            return nn.utils.parameters_to_vector(network.parameters()).detach();
        }

        Numbers.Equal(Trained(), Trained(), "weights");
    }

    private static Module<Tensor, Tensor> Network(string name, ScalarType dtype) =>
        name.StartsWith("Cifar") ? new CifarNetwork(dtype) : new ResNet18(10, dtype);

    private static optim.Optimizer Optimizer(string name, Module network) => name switch
    {
        "Cifar_Adam" => optim.Adam(network.parameters(), 0.001),
        "ResNet18_SGD" => optim.SGD(network.parameters(), 0.0001, momentum: 0.9, weight_decay: 5e-4),
        _ => optim.SGD(network.parameters(), 0.01, momentum: 0.9, weight_decay: 5e-4),
    };

    // The images and classes of training.py.
    private static (Tensor, Tensor) Images(int count, int size, ScalarType dtype)
    {
        var pixels = new float[count * 3 * size * size];
        for (var p = 0L; p < pixels.Length; p++) pixels[p] = ((p * 1103515245 + 12345) % (1L << 31)) / 1073741824f - 1;
        var classes = Enumerable.Range(0, count).Select(i => i * 3L % 10).ToArray();
        return (tensor(pixels, [count, 3, size, size]).to(dtype), tensor(classes));
    }

    private sealed record Recorded(Dictionary<string, double[]> Losses, Dictionary<string, string[]> Keys);
}
