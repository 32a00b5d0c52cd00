using Fovea.Detection.Proposals;
using Fovea.Detection.Regions;
using static Fovea.Tests.Detection.Torchvision;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection.Regions;

public class RegionTargetsTests
{
    private static readonly BoxCoder Coder = new(10, 5);

    [Fact]
    public void Losses_GivenNumbers_GiveTorchvisionsLossesAndGradients()
    {
        using var scope = NewDisposeScope();
        var (logits, codes) = ((4 * Noise("logits", 10, 4)).requires_grad_(), Noise("codes", 10, 4, 4).requires_grad_());
        var targets = new RegionTargets(zeros(10, 4), zeros(10, ScalarType.Int64), tensor(new long[] { 3, 1, 2, 1, 0, 0, 0, 0, 0, 0 }), Noise("wanted", 10, 4).narrow(0, 0, 4));
        var (classification, box) = targets.Losses(logits, codes);
        Assert.Equal(Numbers.Heads.Losses[0], classification.item<float>(), 1e-6);
        Assert.Equal(Numbers.Heads.Losses[1], box.item<float>(), 1e-6);
        (classification + box).backward();
        Same(Numbers.Heads.Gradients[0], logits.grad!, 1e-7);
        Same(Numbers.Heads.Gradients[1], codes.grad!, 1e-7);
    }

    [Fact]
    public void Draw_Proposals_GivesEachTheClassAndCodeOfItsObject()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var truths = tensor(new float[] { 10, 10, 50, 50, 60, 20, 90, 90 }, [2, 4]);
        // Near the second object, near none, one that only fills up, and in the image without objects one anywhere.
        var boxes = tensor(new float[] { 62, 20, 90, 88, 0, 60, 20, 90, 10, 10, 50, 50, 0, 0, 30, 30, 0, 0, 0, 0, 0, 0, 0, 0 }, [2, 3, 4]);
        var proposals = new ProposalBatch(boxes, tensor(new[] { true, true, false, true, false, false }, [2, 3]));
        var drawn = RegionTargets.Draw(proposals, Targets([truths, zeros(0, 4)], [[0, 2], []]), 100, Coder);
        var rows = Enumerable.Range(0, (int)drawn.Labels.size(0))
            .Select(i => (Image: drawn.Images[i].item<long>(), Left: drawn.Boxes[i, 0].item<float>(), Label: drawn.Labels[i].item<long>())).ToHashSet();
        // The objects themselves are among them.
        Assert.Equal([(0, 0, 0), (0, 10, 1), (0, 60, 3), (0, 62, 3), (1, 0, 0)], rows.Order());
        var matched = drawn.Labels.gt(0).sum().item<long>();
        Assert.Equal(3, matched);
        var decoded = Coder.Decode(drawn.Codes, drawn.Boxes.narrow(0, 0, matched));
        foreach (var i in Enumerable.Range(0, 3))
            TensorAssert.Close(drawn.Labels[i].item<long>() == 1 ? truths[0] : truths[1], decoded[i], 1e-4); // corners to 90, through an exponential
    }

    [Fact]
    public void Draw_NothingAtAll_HasLossesOfZero()
    {
        using var scope = NewDisposeScope();
        var drawn = RegionTargets.Draw(new(zeros(2, 3, 4), zeros([2, 3], ScalarType.Bool)), Targets([zeros(0, 4), zeros(0, 4)]), 100, Coder);
        var (logits, codes) = (zeros(0, 4).requires_grad_(), zeros(0, 4, 4).requires_grad_());
        var (classification, box) = drawn.Losses(logits, codes);
        (classification + box).backward();
        Assert.Equal((0, 0), (classification.item<float>(), box.item<float>()));
    }
}
