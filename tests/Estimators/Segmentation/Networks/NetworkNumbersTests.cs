using Fovea.Tests.Backbones;
using static Fovea.Tests.Segmentation.Networks.Networks;
using static TorchSharp.torch;

namespace Fovea.Tests.Segmentation.Networks;

/// <summary>Against torchvision's FCN and DeepLabV3 and PyTorch twins of the others, with the same weights: tests/Reference/estimators/segmentation.py.</summary>
public class NetworkNumbersTests
{
    public static TheoryData<string> All => [.. PyTorch.Cases.Select(c => c.Name)];

    public static TheoryData<string> WithGradients => [.. PyTorch.Cases.Where(c => c.Gradients is not null).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Forward_WeightsOfTheFormula_GivesPyTorchsLogits(string name)
    {
        var wanted = PyTorch.Cases.Single(c => c.Name == name);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = wanted.Create();
        Formula.Fill(network);
        network.eval();
        var (logits, auxiliary) = network.ForwardWithAuxiliary(wanted.Images());
        // What the library promises; the same kernels on one machine give 1e-6.
        Same(wanted.Logits, logits, wanted, 1e-4);
        if (wanted.Auxiliary is not null)
            Same(wanted.Auxiliary, auxiliary!, wanted, 1e-4);
        else
            Assert.Null(auxiliary);
    }

    [Theory]
    [MemberData(nameof(WithGradients))]
    public void Backward_WeightsOfTheFormula_GivesPyTorchsLossAndGradients(string name)
    {
        var wanted = PyTorch.Cases.Single(c => c.Name == name);
        using var scope = NewDisposeScope();
        using var network = wanted.Create();
        Formula.Fill(network);
        network.eval();
        var labels = arange(2L * wanted.Height * wanted.Width, ScalarType.Int64).remainder(wanted.Classes).reshape(2, wanted.Height, wanted.Width);
        var (logits, auxiliary) = network.ForwardWithAuxiliary(wanted.Images());
        var loss = nn.functional.cross_entropy(logits, labels);
        if (auxiliary is not null)
            loss += 0.4 * nn.functional.cross_entropy(auxiliary, labels);
        loss.backward();
        Assert.Equal(wanted.Loss!.Value, loss.item<float>(), 1e-5); // float32, of the order of 1
        // float32 through up to 60 layers; sums of up to 12,288 products over all positions.
        Expected.Same(wanted.Gradients!, network.named_parameters().Select(p => (p.name, p.parameter.grad!)), 1e-4);
    }

    [Theory]
    [MemberData(nameof(WithGradients))]
    public void Training_WeightsOfTheFormula_GivesPyTorchsLogitsAndRunningStatistics(string name)
    {
        var wanted = PyTorch.Cases.Single(c => c.Name == name);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = wanted.Create();
        Formula.Fill(network);
        network.train();
        StopDropout(network);
        // With the second head, as PyTorch ran it: its batch norms keep statistics too.
        var (logits, _) = network.ForwardWithAuxiliary(wanted.Images());
        // A batch norm over 2 values (the image average of DeepLabV3) or 12 magnifies rounding.
        Same(wanted.Training!, logits, wanted, 1e-3);
        // Means over maps that themselves went through batch norms of as few as 12 values.
        Expected.Same(wanted.Running!, network.named_buffers().Where(b => b.name.Contains("running")), 1e-4);
    }

    public static TheoryData<string> Seeded => [.. PyTorch.Initial.Keys];

    [Theory]
    [MemberData(nameof(Seeded))]
    public void Create_SeedZero_GivesPyTorchsInitialWeights(string architecture)
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        using var network = Fovea.Segmentation.Networks.SegmentationNetworkAttribute.Of(Enum.Parse<SegmentationArchitecture>(architecture))
            .Create(new(1, 2) { UNet = new() { Depth = 3, Width = 8 } });
        // The generator gives the same bits; what follows from them is rounded by other vector instructions on another CPU.
        Expected.Same(PyTorch.Initial[architecture], network.named_parameters().Select(p => (p.name, (Tensor)p.parameter)), 1e-6);
    }

    private static void Same(Result wanted, Tensor logits, Case c, double tolerance)
    {
        Assert.Equal([2L, c.Classes, c.Height, c.Width], logits.shape);
        Expected.Same(wanted.Grid, logits[.., .., TensorIndex.Slice(3, null, 9), TensorIndex.Slice(4, null, 11)].flatten(1), tolerance);
        Expected.Same(new Dictionary<string, double[]> { ["logits"] = wanted.Probe }, [("logits", logits)], tolerance);
    }
}
