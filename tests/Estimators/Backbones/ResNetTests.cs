using Fovea.Backbones;
using static TorchSharp.torch;

namespace Fovea.Tests.Backbones;

/// <summary>Against torchvision's ResNets with the same weights: tests/Reference/estimators/resnet.py.</summary>
public class ResNetTests
{
    private sealed record OutputCase(int Depth, int Height, int Width, double[][] Logits);

    private sealed record TrainingCase(int Height, int Width, double Loss, Dictionary<string, double[]> Gradients, Dictionary<string, double[]> Running);

    private sealed record SeededCase(Dictionary<string, double[]> Initial, double[] Losses);

    private sealed record Reference(OutputCase[] Outputs, TrainingCase Training, SeededCase Seeded);

    private static readonly Reference PyTorch = Expected.Read<Reference>("resnet.json");

    private static nn.Module<Tensor, Tensor> Create(int depth, int height, int width) =>
        NetworkAttribute.Of(Enum.Parse<CnnArchitecture>($"ResNet{depth}")).Create(new NetworkInput(3, height, width, 10, 0.5));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Forward_WeightsOfTheFormula_GivesTorchvisionsLogits(int index)
    {
        var wanted = PyTorch.Outputs[index];
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = Create(wanted.Depth, wanted.Height, wanted.Width);
        Formula.Fill(network);
        network.eval();
        var logits = network.call(Formula.Images(2, 3, wanted.Height, wanted.Width));
        // What the library promises; the same kernels on one machine give 1e-6.
        Expected.Same(wanted.Logits, logits, 1e-4);
    }

    [Fact]
    public void Backward_WeightsOfTheFormula_GivesTorchvisionsGradientsAndRunningStatistics()
    {
        var wanted = PyTorch.Training;
        using var scope = NewDisposeScope();
        using var network = Create(18, wanted.Height, wanted.Width);
        Formula.Fill(network);
        network.train();
        var loss = nn.functional.cross_entropy(network.call(Formula.Images(4, 3, wanted.Height, wanted.Width)), arange(4, ScalarType.Int64));
        loss.backward();
        // float32 through 20 batch norms of 4 to 3,072 values, each dividing by a small deviation.
        Assert.Equal(wanted.Loss, loss.item<float>(), 1e-4);
        Expected.Same(wanted.Gradients, network.named_parameters().Select(p => (p.name, p.parameter.grad!)), 1e-3);
        // Means of up to 3,072 float32 values.
        Expected.Same(wanted.Running, network.named_buffers().Where(b => b.name.Contains("running")), 1e-5);
    }

    [Fact]
    public void Create_SeedZero_GivesTorchvisionsWeightsAndLosses()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        using var network = Create(18, 128, 128);
        // The generator gives the same bits; what follows from them is rounded by other vector instructions on another CPU.
        Expected.Same(PyTorch.Seeded.Initial, network.named_parameters().Select(p => (p.name, (Tensor)p.parameter)), 1e-6);
        using var optimizer = optim.SGD(network.parameters(), 1e-3, momentum: 0.9);
        var losses = Learning.FiveSteps(network, optimizer, Formula.Images(4, 3, 128, 128), arange(4, ScalarType.Int64));
        // PyTorch's own kernels (AVX512, AVX2, neither) differ by up to 8e-7.
        for (var i = 0; i < losses.Length; i++)
            Assert.Equal(PyTorch.Seeded.Losses[i], losses[i], 1e-6);
    }
}
