using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Detection.Proposals;

/// <summary>The region proposal network's layers, the same for every map: a 3x3 convolution, then for each anchor an objectness and a box code.</summary>
internal sealed class ProposalHead : nn.Module<Tensor, (Tensor Objectness, Tensor Codes)>
{
    private readonly Sequential conv;
    private readonly Conv2d cls_logits;
    private readonly Conv2d bbox_pred;

    /// <param name="channels">C of the maps.</param>
    /// <param name="anchors">A, at each position.</param>
    public ProposalHead(long channels, int anchors)
        : base(nameof(ProposalHead))
    {
        conv = nn.Sequential(nn.Sequential(nn.Conv2d(channels, channels, kernel_size: 3, padding: 1), nn.ReLU(inplace: true)));
        cls_logits = nn.Conv2d(channels, anchors, kernel_size: 1);
        bbox_pred = nn.Conv2d(channels, 4 * anchors, kernel_size: 1);
        RegisterComponents();
        // The paper's 0.01, so that the first proposals are the anchors.
        foreach (var convolution in new[] { (Conv2d)((Sequential)conv[0])[0], cls_logits, bbox_pred })
        {
            nn.init.normal_(convolution.weight, 0, 0.01);
            nn.init.zeros_(convolution.bias!);
        }
    }

    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, H · W · A) logits and (N, H · W · A, 4), float32, in the order of <see cref="AnchorGrid"/>.</returns>
    public override (Tensor Objectness, Tensor Codes) forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = conv.call(x);                                                       // (N, C, H, W)
        var objectness = cls_logits.call(y).permute(0, 2, 3, 1).flatten(1);         // (N, H·W·A)
        var codes = bbox_pred.call(y).permute(0, 2, 3, 1).reshape(x.size(0), -1, 4); // (N, H·W·A, 4)
        return (objectness.to(ScalarType.Float32).MoveToOuterDisposeScope(), codes.to(ScalarType.Float32).MoveToOuterDisposeScope());
    }
}
