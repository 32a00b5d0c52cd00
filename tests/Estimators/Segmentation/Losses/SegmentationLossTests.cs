using System.Text.Json;
using Fovea.Segmentation;
using Fovea.Storage;
using Fovea.Tests.Backbones;
using static TorchSharp.torch;

namespace Fovea.Tests.Segmentation;

public class SegmentationLossTests
{
    private const int N = 2, K = 3, H = 5, W = 6;

    private sealed record Case(string Name, int Classes, double Value, double[] Gradient);

    private sealed record Numbers(Case[] Losses, RandCase[] Rand, BorderCase[] Borders);

    internal sealed record RandCase(int[] Truth, int[] Predicted, int Width, double F, double Precision, double Recall);

    internal sealed record BorderCase(int[] Mask, int Width, double[] Weights);

    private static readonly Lazy<Numbers> _numbers = new(() => Read());

    internal static IReadOnlyList<RandCase> RandCases => _numbers.Value.Rand;

    internal static IReadOnlyList<BorderCase> BorderCases => _numbers.Value.Borders;

    private static readonly IReadOnlyDictionary<string, SegmentationLoss> _losses = new Dictionary<string, SegmentationLoss>
    {
        ["crossEntropy"] = new PixelCrossEntropy(),
        ["crossEntropyWeighted"] = new PixelCrossEntropy { ClassWeights = [0.5, 2, 1.25] },
        ["crossEntropySmoothed"] = new PixelCrossEntropy { ClassWeights = [0.5, 2, 1.25], LabelSmoothing = 0.1 },
        ["crossEntropyBorders"] = new PixelCrossEntropy { Borders = new BorderWeights { Sigma = 2 } },
        ["dice"] = new DiceLoss(),
        ["jaccard"] = new JaccardLoss(),
        ["tversky"] = new TverskyLoss(),
        ["focal"] = new FocalLoss(),
        ["sum"] = new PixelCrossEntropy() + 0.5 * new DiceLoss(),
    };

    public static TheoryData<string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var name in _losses.Keys)
            {
                data.Add(name, 3);
                data.Add(name, 2);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_OfLogits_AgreesWithPyTorch(string name, int classes)
    {
        using var scope = NewDisposeScope();
        var expected = _numbers.Value.Losses.Single(c => c.Name == name && c.Classes == classes);
        var logits = Logits();
        var loss = _losses[name].Compute(logits, new PixelTargets(Masks(classes), K));
        loss.backward();
        // PyTorch's numbers are float64, ours float32: 24 bits over some thirty operations.
        Assert.Equal(expected.Value, loss.item<float>(), 3e-6 * Math.Max(1, expected.Value));
        var gradient = logits.grad!.contiguous().data<float>().ToArray();
        var room = 3e-6 * expected.Gradient.Max(Math.Abs);
        for (var i = 0; i < gradient.Length; i++)
            Assert.Equal(expected.Gradient[i], gradient[i], room);
    }

    public static TheoryData<string> Names => [.. _losses.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_NoPixelCounts_IsZeroWithoutGradient(string name)
    {
        using var scope = NewDisposeScope();
        var logits = Logits();
        var masks = full(N, H, W, Sample.Ignored, ScalarType.Byte);
        var loss = _losses[name].Compute(logits, new PixelTargets(masks, K));
        loss.backward();
        Assert.Equal(0, loss.item<float>());
        Assert.Equal(0, logits.grad!.abs().max().item<float>());
    }

    [Theory]
    [InlineData("crossEntropy")]
    [InlineData("dice")]
    [InlineData("jaccard")]
    [InlineData("tversky")]
    [InlineData("focal")]
    public void Loss_CertainAndRight_IsZero(string name)
    {
        using var scope = NewDisposeScope();
        var targets = new PixelTargets(Masks(K), K);
        // exp(-60) is below float32's resolution beside 1.
        var loss = _losses[name].Compute(targets.OneHot * 60, targets);
        Assert.Equal(0, loss.item<float>(), 1e-6);
    }

    [Fact]
    public void Balanced_WithTheTargetsWeights_IsTheGivenWeightsLoss()
    {
        using var scope = NewDisposeScope();
        var weights = tensor(new[] { 0.5f, 2f, 1.25f });
        var balanced = new PixelCrossEntropy { Balanced = true }.Compute(Logits(), new PixelTargets(Masks(K), K, weights));
        var given = _losses["crossEntropyWeighted"].Compute(Logits(), new PixelTargets(Masks(K), K));
        Assert.Equal(given.item<float>(), balanced.item<float>());
    }

    [Fact]
    public void Json_RoundTrip_KeepsTheLoss()
    {
        foreach (var loss in _losses.Values.Where(l => l is not PixelCrossEntropy { ClassWeights: not null }))
            Assert.Equal(loss, JsonSerializer.Deserialize<SegmentationLoss>(JsonSerializer.Serialize(loss, ModelJson.Options), ModelJson.Options));
        var weighted = (PixelCrossEntropy)_losses["crossEntropySmoothed"];
        var read = Assert.IsType<PixelCrossEntropy>(JsonSerializer.Deserialize<SegmentationLoss>(JsonSerializer.Serialize<SegmentationLoss>(weighted, ModelJson.Options), ModelJson.Options));
        Assert.Equal(weighted.ClassWeights, read.ClassWeights);
        Assert.Equal(weighted.LabelSmoothing, read.LabelSmoothing);
    }

    [Fact]
    public void Sum_OfSums_IsOneSum()
    {
        var sum = 0.5 * (new PixelCrossEntropy() + 2 * new DiceLoss()) + new FocalLoss();
        Assert.Equal("0.5 cross-entropy + Dice + focal (2)", sum.ToString());
    }

    [Fact]
    public void Problems_OutOfBounds_AreNamed()
    {
        var wrong = new PixelCrossEntropy { ClassWeights = [1, 0], Balanced = true, LabelSmoothing = 1, Borders = new BorderWeights { Sigma = double.NaN, Peak = 0, Class = -1 } }
            + -1 * (SegmentationLoss)new TverskyLoss { Alpha = -1, Beta = double.NaN } + new FocalLoss { Gamma = -2 };
        var problems = wrong.Problems().ToList();
        foreach (var named in new[] { "[1, 0]", "both were given", "LabelSmoothing must be in [0, 1)", "Sigma", "Peak", "Class", "must be a finite number above 0; it is -1", "Alpha", "Beta", "Gamma" })
            Assert.Contains(problems, p => p.Contains(named));
        Assert.All(_losses.Values, loss => Assert.Empty(loss.Problems()));
    }

    private static Tensor Logits() =>
        tensor([.. Index(N * K * H * W, 0.7548776662466927).Select(v => (float)(v * 6 - 3))], [N, K, H, W], requires_grad: true);

    private static Tensor Masks(int classes) =>
        tensor([.. Index(N * H * W, 0.5698402909980532).Select((v, i) => i % 7 == 0 ? Sample.Ignored : (byte)(v * classes))], [N, H, W]);

    private static IEnumerable<double> Index(int count, double step) => Enumerable.Range(0, count).Select(i => i * step % 1);

    private static Numbers Read() => Expected.Read<Numbers>("segmentation_losses.json");
}
