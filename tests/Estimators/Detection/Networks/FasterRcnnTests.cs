using Fovea.Backbones;
using Fovea.Detection;
using Fovea.Detection.Networks;
using Fovea.Tests.Backbones;
using Fovea.Training;
using static Fovea.Tests.Detection.Torchvision;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection.Networks;

public class FasterRcnnTests
{
    private static readonly CandidateLimits Every = new(0, 1000);

    public static TheoryData<string> Shapes => [.. _shapes.Keys];

    private static readonly Dictionary<string, FasterRcnnOptions> _shapes = new()
    {
        ["pyramid"] = FasterRcnnOptions.Small with { Width = 16, HeadWidth = 32 },
        ["from stride 4"] = FasterRcnnOptions.Small with { Width = 16, HeadWidth = 32, FinestStride = 4, AnchorSizes = null },
        ["max pooling"] = FasterRcnnOptions.Small with { Width = 16, HeadWidth = 32, Pooling = RegionPooling.Max },
        ["one map"] = new() { FeaturePyramid = false, HeadWidth = 32, AnchorSizes = [16, 32, 64], SampledRegions = 64 },
        ["one map, max pooling"] = new() { FeaturePyramid = false, HeadWidth = 32, AnchorSizes = [16, 32, 64], Pooling = RegionPooling.Max, AnchorRatios = [1] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Losses_AnyShape_ReachEveryParameter(string shape)
    {
        using var scope = NewDisposeScope();
        using var network = Create(shape);
        manual_seed(0);
        var losses = network.Losses(Formula.Images(2, 3, 96, 64), Targets([SomeBoxes("boxes", 5, 60), SomeBoxes("others", 2, 60)], [[0, 1, 2, 0, 1], [2, 2]]));
        Assert.Equal([network.LossParts.Count], losses.shape);
        losses.sum().backward();
        // The coarsest map's anchors and regions need not be sampled.
        Assert.All(network.named_parameters(), p => Assert.True(p.parameter.grad is { } g && g.isfinite().all().item<bool>(), p.name));
        Assert.All(network.named_parameters().Where(p => p.name.StartsWith("backbone.body.", StringComparison.Ordinal)),
            p => Assert.True(p.parameter.grad!.abs().sum().item<float>() > 0, p.name));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Predict_AnyShape_GivesBoxesWithinTheImageFromTheBestDown(string shape)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = Create(shape);
        network.eval();
        var found = network.Predict(Formula.Images(2, 3, 96, 64), Every);
        var boxes = found.Boxes.masked_select(found.Exist.unsqueeze(2)).view(-1, 4);
        Assert.True(boxes.size(0) > 0);
        TensorAssert.Close(boxes, Boxes.Clip(boxes, 64, 96), 0);
        Assert.True(Boxes.IsValid(boxes).all().item<bool>());
        Assert.True(found.Scores.diff().le(0).all().item<bool>());
        Assert.True(found.Labels.ge(0).logical_and(found.Labels.lt(3)).all().item<bool>());
    }

    [Fact]
    public void Predict_ImagesInAnotherOrder_GivesTheDetectionsInThatOrder()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = Create("pyramid");
        network.eval();
        var images = Formula.Images(3, 3, 64, 64);
        var (there, back) = (network.Predict(images, Every), network.Predict(images.flip(0), Every));
        // Kernels block the batch, so an image's sums may come in another order.
        TensorAssert.Close(there.Scores.flip(0), back.Scores, 1e-4);
    }

    // Each alone and all together: an image without objects, none in the batch, one without area, 1,000 in an image.
    public static TheoryData<string> Troubles => ["none in an image", "none at all", "without area", "a thousand", "larger than the image", "all the same"];

    [Theory]
    [MemberData(nameof(Troubles))]
    public void Losses_TroublesomeObjects_AreFiniteWithTheirGradients(string trouble)
    {
        using var scope = NewDisposeScope();
        using var network = Create("pyramid");
        manual_seed(0);
        var some = SomeBoxes("boxes", 3, 60);
        Tensor[] boxes = trouble switch
        {
            "none in an image" => [some, zeros(0, 4)],
            "none at all" => [zeros(0, 4), zeros(0, 4)],
            "without area" => [some, tensor(new float[] { 10, 10, 10, 30, 5, 5, 5, 5 }, [2, 4])],
            "a thousand" => [some, SomeBoxes("others", 1000, 60)],
            "larger than the image" => [some, tensor(new float[] { -500, -500, 700, 800 }, [1, 4])],
            _ => [some[0].unsqueeze(0).expand(50, 4), some],
        };
        var losses = network.Losses(Formula.Images(2, 3, 64, 64), Targets(boxes));
        losses.sum().backward();
        Assert.True(losses.isfinite().all().item<bool>());
        Assert.All(network.named_parameters(), p => Assert.True(p.parameter.grad!.isfinite().all().item<bool>(), p.name));
        if (trouble == "none at all")
            Assert.Equal((0, 0), (losses[1].item<float>(), losses[3].item<float>()));
    }

    [Fact]
    public void Predict_OneStrideOfImage_FindsBoxesInIt()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = Create("from stride 4");
        network.eval();
        var found = network.Predict(Formula.Images(1, 3, 32, 32), Every);
        Assert.True(found.Exist.any().item<bool>());
    }

    [Fact]
    public void Predict_WeightsThatAreNoNumbers_FindsNothing()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = Create("pyramid");
        network.eval();
        foreach (var weight in network.parameters())
            weight.fill_(float.NaN);
        Assert.False(network.Predict(Formula.Images(2, 3, 64, 64), Every).Exist.any().item<bool>());
    }

    [Fact]
    public void StepAndPrediction_LeaveNoTensorBehind()
    {
        using var network = Create("pyramid");
        network.eval();
        Run();
        var before = (Live.Tensors(), Live.Native());
        Run();
        Assert.Equal(before, (Live.Tensors(), Live.Native()));

        void Run()
        {
            using var scope = NewDisposeScope();
            network.zero_grad();
            var images = Formula.Images(2, 3, 64, 64);
            network.Losses(images, Targets([SomeBoxes("boxes", 3, 60), zeros(0, 4)])).sum().backward();
            using (no_grad())
                network.Predict(images, Every).Suppress(0.5, 100);
        }
    }

    [Fact]
    public void Evaluate_Batch_GivesTheLossesAndDetectionsOfBoth()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = Create("pyramid");
        network.eval();
        var (images, targets) = (Formula.Images(2, 3, 64, 64), Targets([SomeBoxes("boxes", 3, 60), SomeBoxes("others", 1, 60)]));
        manual_seed(4);
        var (losses, found) = network.Evaluate(images, targets, Every);
        manual_seed(4);
        TensorAssert.Same(network.Losses(images, targets), losses);
        TensorAssert.Same(network.Predict(images, Every).Boxes, found.Boxes);
    }

    [SkippableFact]
    public void Losses_BFloat16_AreNearFloat32()
    {
        Skip.If(NativeDoor.WhyClosed is not null, NativeDoor.WhyClosed);
        using var scope = NewDisposeScope();
        using var network = Create("pyramid");
        network.eval();
        var (images, targets) = (Formula.Images(2, 3, 64, 64), Targets([SomeBoxes("boxes", 3, 60), SomeBoxes("others", 2, 60)]));
        manual_seed(0);
        var wanted = network.Losses(images, targets).detach();
        manual_seed(0);
        Tensor losses;
        using (MixedPrecision.Enter(Precision.BFloat16, CPU))
            losses = network.Losses(images, targets);
        Assert.Equal(ScalarType.Float32, losses.dtype);
        losses.sum().backward();
        Assert.All(network.named_parameters(), p => Assert.True(p.parameter.grad!.isfinite().all().item<bool>(), p.name));
        // 8 bits of a number, and other proposals where their order changes.
        Assert.Equal(wanted.sum().item<float>(), losses.sum().item<float>(), 0.2 * wanted.sum().item<float>());
    }

    private static FasterRcnn Create(string shape)
    {
        var network = FasterRcnn.Create(new(3, 3) { FasterRcnn = _shapes[shape], Backbone = ResNetPlan.Of(18) });
        Formula.Fill(network);
        return network;
    }
}
