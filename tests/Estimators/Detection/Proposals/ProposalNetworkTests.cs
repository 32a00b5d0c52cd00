using Fovea.Detection;
using Fovea.Detection.Proposals;
using static Fovea.Tests.Detection.Torchvision;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection.Proposals;

/// <summary>What becomes of given numbers, against torchvision's RegionProposalNetwork.</summary>
public class ProposalNetworkTests
{
    private static readonly FasterRcnnOptions Options = new() { CandidatesPerMap = 100, Proposals = 60, ProposalIou = 0.6, SampledAnchors = 1_000_000 };

    [Fact]
    public void Propose_GivenNumbers_GivesTorchvisionsProposals()
    {
        using var scope = NewDisposeScope();
        using var network = Create();
        var (output, _, _) = Output();
        var proposals = network.Propose(output);
        for (var n = 0; n < 2; n++)
        {
            Assert.True(proposals.Exist[n].all().item<bool>());
            Same(Numbers.Proposals.Boxes[n], proposals.Boxes[n], 2e-5);     // corners to 90, another order of the same float32 operations
            Same(Numbers.Proposals.Scores[n], proposals.Scores![n], 1e-6);
        }
    }

    [Fact]
    public void Losses_GivenNumbers_GiveTorchvisionsLossesAndGradients()
    {
        using var scope = NewDisposeScope();
        using var network = Create();
        var (output, objectness, codes) = Output();
        var (first, second) = network.Losses(output, Targets([SomeBoxes("others", 4), zeros(0, 4)]));
        Assert.Equal(Numbers.Proposals.Losses[0], first.item<float>(), 1e-6);
        Assert.Equal(Numbers.Proposals.Losses[1], second.item<float>(), 1e-6);
        (first + second).backward();
        SameProbe(Numbers.Proposals.Gradients[0], "objectness", objectness.grad!, 1e-6);
        SameProbe(Numbers.Proposals.Gradients[1], "codes", codes.grad!, 1e-6);
    }

    [Fact]
    public void Propose_NothingButFlatBoxes_HasNoProposal()
    {
        using var scope = NewDisposeScope();
        using var network = Create();
        var (output, _, _) = Output();
        // Far to the right, all boxes are cut off to nothing at the edge.
        var proposals = network.Propose(output with { Anchors = output.Anchors + tensor(new float[] { 1e4f, 0, 1e4f, 0 }) });
        Assert.False(proposals.Exist.any().item<bool>());
    }

    [Fact]
    public void Propose_NumbersThatAreNone_AreLeftOut()
    {
        using var scope = NewDisposeScope();
        using var network = Create();
        var (output, _, _) = Output();
        var codes = output.Codes.detach().clone();
        codes.narrow(1, 0, 100).fill_(float.NaN);
        var proposals = network.Propose(output with { Codes = codes });
        Assert.True(proposals.Boxes.masked_select(proposals.Exist.unsqueeze(2)).isfinite().all().item<bool>());
        Assert.True(proposals.Exist.any().item<bool>());
    }

    private static ProposalNetwork Create() => new(1, new AnchorGrid([[8]], [1]), Options);

    private static (AnchorOutput Output, Tensor Objectness, Tensor Codes) Output()
    {
        var counts = Numbers.Proposals.Counts;
        var all = counts.Sum();
        var (objectness, codes) = ((4 * Noise("objectness", 2, all)).requires_grad_(), (2 * Noise("codes", 2, all, 4)).requires_grad_());
        return (new(objectness, codes, SomeBoxes("anchors", all), counts, Height: 80, Width: 90), objectness, codes);
    }
}
