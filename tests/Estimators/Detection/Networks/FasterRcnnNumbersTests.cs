using Fovea.Backbones;
using Fovea.Detection;
using Fovea.Detection.Networks;
using Fovea.Tests.Backbones;
using static Fovea.Tests.Detection.Torchvision;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection.Networks;

/// <summary>Against torchvision's FasterRCNN with the same weights: tests/Reference/estimators/faster_rcnn.py.</summary>
public class FasterRcnnNumbersTests
{
    /// <summary>Everything is sampled, so that nothing is left to chance, and every candidate goes into suppression.</summary>
    private static readonly CandidateLimits Every = new(0.05, 100_000);

    public static TheoryData<int> Layers => [.. Numbers.Networks.Select(n => n.Layers)];

    [Theory]
    [InlineData(DetectionArchitecture.FasterRcnnResNet18, 18)]
    [InlineData(DetectionArchitecture.FasterRcnnResNet34, 34)]
    [InlineData(DetectionArchitecture.FasterRcnnResNet50, 50)]
    public void Create_DefaultOptions_HasTorchvisionsKeysShapesAndParameters(DetectionArchitecture architecture, int layers)
    {
        using var network = DetectionNetworkAttribute.Of(architecture).Create(new(3, 90));
        var keys = network.state_dict().Select(w => $"{w.Key} ({string.Join(", ", w.Value.shape)})");
        var approved = File.ReadAllLines(TestData.Reference($"estimators/keys/{architecture}.txt"));
        Assert.Equal(approved.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
        Assert.Equal(Numbers.Parameters[$"{layers}"], network.parameters().Sum(p => p.numel()));
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Predict_WeightsOfTheFormula_GivesTorchvisionsProposalsAndDetections(int layers)
    {
        var wanted = Wanted(layers);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = Create(wanted);
        var images = Formula.Images(2, 3, 96, 128);
        var proposals = network.Propose(images);
        var found = network.Predict(images, Every).Suppress(0.5, 100_000);
        for (var n = 0; n < 2; n++)
        {
            // Where two scores are equal but for rounding, other kernels put them in another order.
            SameRows(wanted.Proposals[n], proposals.Boxes[n].masked_select(proposals.Exist[n].unsqueeze(1)).view(-1, 4));
            var rows = cat([found.Boxes[n], found.Scores[n].unsqueeze(1), found.Labels[n].unsqueeze(1).to(ScalarType.Float32)], 1);
            SameRows(wanted.Detections[n], rows.masked_select(found.Exist[n].unsqueeze(1)).view(-1, 6));
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Losses_WeightsOfTheFormula_AreTorchvisionsWithTheirGradients(int layers)
    {
        var wanted = Wanted(layers);
        using var scope = NewDisposeScope();
        using var network = Create(wanted);
        var targets = Targets(
            [BoxesOf([[10, 12, 60, 70], [50.5f, 20.25f, 90, 44], [5, 60, 30, 90]]), BoxesOf([[0, 0, 127, 95]])],
            [[0, 2, 1], [1]]);
        var losses = network.Losses(Formula.Images(2, 3, 96, 128), targets);
        Same(wanted.Losses, losses, 1e-4 * wanted.Losses.Max(), "Loss"); // what the library promises
        losses.sum().backward();
        // float32 through up to 60 layers, and gradients that add up from thousands of anchors and regions.
        Expected.Same(wanted.Gradients, network.named_parameters().Select(p => (p.name, p.parameter.grad!)), 1e-3);
    }

    private static NetworkCase Wanted(int layers) => Numbers.Networks.Single(n => n.Layers == layers);

    private static FasterRcnn Create(NetworkCase wanted)
    {
        var options = new FasterRcnnOptions
        {
            Width = wanted.Width, HeadWidth = wanted.Head, FinestStride = wanted.Stride, AnchorSizes = wanted.Sizes,
            CandidatesPerMap = 200, Proposals = 50, SampledAnchors = 1_000_000, SampledRegions = 1_000_000,
        };
        var network = FasterRcnn.Create(new(3, 3) { FasterRcnn = options, Backbone = ResNetPlan.Of(wanted.Layers) });
        Formula.Fill(network);
        network.eval();
        return network;
    }

    /// <summary>The same rows in whatever order; corners to 128 pixels, scores to 1, classes: 1e-4 of the image's size.</summary>
    private static void SameRows(double[][] expected, Tensor rows)
    {
        Assert.Equal(expected.Length, rows.size(0));
        var width = (int)rows.size(1);
        var values = rows.contiguous().data<float>().ToArray();
        var open = Enumerable.Range(0, expected.Length).ToList();
        foreach (var row in expected)
        {
            var nearest = open.MinBy(i => Distance(row, i));
            Assert.True(Distance(row, nearest) <= 1e-2, $"No row is near {string.Join(", ", row)}");
            open.Remove(nearest);
        }

        double Distance(double[] row, int i) => Enumerable.Range(0, width).Max(c => Math.Abs(row[c] - values[i * width + c]) * (c < 4 ? 1 : 100));
    }
}
