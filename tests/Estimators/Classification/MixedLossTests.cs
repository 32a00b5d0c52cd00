using System.Text.Json.Nodes;
using Fovea.Backbones;
using Fovea.Classification;
using Fovea.Data;
using Fovea.Tests.Backbones;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Classification;

/// <summary>A step on a mixed batch, against PyTorch's cross-entropy with soft targets (tests/Reference/estimators/mixing.py).</summary>
public sealed class MixedLossTests : IDisposable
{
    private static readonly JsonNode PyTorch = JsonNode.Parse(File.ReadAllText(TestData.Reference("estimators/mixing.json")))!;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly nn.Module<Tensor, Tensor> _network = NetworkAttribute.Of(CnnArchitecture.Perceptron).Create(new NetworkInput(1, 1, 2, 3, 0));

    public MixedLossTests() => Formula.Fill(_network);

    public void Dispose()
    {
        _network.Dispose();
        _scope.Dispose();
    }

    private static ImageBatch Batch(long[]? mixed, float[]? share) => new()
    {
        Images = tensor(new byte[] { 0, 255, 100, 30, 200, 60, 17, 240 }, [4, 1, 1, 2], ScalarType.Byte),
        Labels = tensor(new long[] { 2, 0, 1, 2 }),
        MixedLabels = mixed is null ? null : tensor(mixed),
        MixShare = share is null ? null : tensor(share),
        Count = 4,
        Rows = new[] { 0, 1, 2, 3 },
    };

    private ClassificationStep Step(double smoothing) => new(_network, PixelNormalizer.Of(Normalization.MinusOneToOne, ImageInput.Create(1, 2, 1)), 3,
        new CnnOptions { Optimizer = OptimizerKind.Sgd, Momentum = 0, LearningRate = 0.5, LabelSmoothing = smoothing }, CPU, Precision.Float32);

    [Theory]
    [InlineData("0")]
    [InlineData("0.3")]
    public void Train_MixedBatch_IsPyTorchsStepWithSoftTargets(string smoothing)
    {
        var wanted = PyTorch[smoothing]!;
        using var step = Step(double.Parse(smoothing, System.Globalization.CultureInfo.InvariantCulture));
        var sums = step.Train(Batch([0, 2, 1, 0], [0.25f, 1, 0.625f, 0.5f]), 1).data<float>().ToArray();
        Assert.Equal(4 * (double)wanted["loss"]!, sums[0], 1e-5); // a float32 sum of size 4
        var state = _network.state_dict();
        foreach (var (key, values) in new[] { ("fc.weight", wanted["weight"]!), ("fc.bias", wanted["bias"]!) })
            foreach (var (value, got) in values.AsArray().Zip(state[key].data<float>().ToArray()))
                Assert.Equal((double)value!, got, 1e-6); // float32 numbers of size 1
        // Counted against the labels with the larger share: 0, 0, 1, 2 (of equal shares the image's own).
        var right = wanted["predicted"]!.AsArray().Zip(new[] { 0, 0, 1, 2 }).Count(p => (int)p.First! == p.Second);
        Assert.Equal(right, sums[1]);
    }

    [Fact]
    public void Train_SharesOfOne_IsTheStepWithoutMixing()
    {
        float[] plain, mixed;
        using (var step = Step(0.1))
            plain = step.Train(Batch(null, null), 1).data<float>().ToArray();
        var moved = _network.state_dict()["fc.bias"].data<float>().ToArray();
        Formula.Fill(_network);
        using (var step = Step(0.1))
            mixed = step.Train(Batch([0, 2, 1, 0], [1, 1, 1, 1]), 1).data<float>().ToArray();
        Assert.Equal(plain[0], mixed[0], 1e-5f); // the mean is taken in another order
        Assert.Equal(plain[1], mixed[1]);
        foreach (var (a, b) in moved.Zip(_network.state_dict()["fc.bias"].data<float>().ToArray()))
            Assert.Equal(a, b, 1e-6f); // float32 numbers of size 1
    }
}
