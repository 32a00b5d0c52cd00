using Fovea.Data;
using Fovea.Detection.Proposals;
using static TorchSharp.torch;

namespace Fovea.Detection;

/// <summary>The objects of a batch, G for each image, filled up with none. All tensors on one device.</summary>
/// <param name="Boxes">(N, G, 4), float32: x0 y0 x1 y1 in pixels of the batch's images; 0 where there is no object.</param>
/// <param name="Labels">(N, G), int64, class index in [0, K); 0 where there is no object.</param>
/// <param name="Exist">(N, G), bool: whether there is an object.</param>
internal sealed record DetectionTargets(Tensor Boxes, Tensor Labels, Tensor Exist)
{
    /// <summary>Where objects may be, from the set's column; null where it has none.</summary>
    public ProposalBatch? Proposals { get; private init; }

    /// <summary>G is at least 1, so that no dimension is empty. Crowds are left out.</summary>
    /// <param name="boxes">On the CPU.</param>
    /// <param name="images">N.</param>
    /// <param name="device">Where they are wanted.</param>
    /// <param name="proposals">Whether the set has a column of proposals.</param>
    public static DetectionTargets Of(BoxBatch boxes, int images, Device device, bool proposals = false)
    {
        using var scope = NewDisposeScope();
        var single = boxes.IsCrowd.logical_not().nonzero().squeeze(1);                          // (M,)
        var places = new BatchPlaces(boxes.Images.index_select(0, single), images);
        return new(Laid(places.Fill(boxes.Corners.index_select(0, single))), Laid(places.Fill(boxes.Labels.index_select(0, single))), Laid(places.Exist()))
        {
            Proposals = proposals ? Proposed() : null,
        };

        ProposalBatch Proposed()
        {
            var of = new BatchPlaces(boxes.ProposalImages, images);
            return new(Laid(of.Fill(boxes.Proposals)), Laid(of.Exist()));
        }

        Tensor Laid(Tensor tensor) => tensor.to(device).MoveToOuterDisposeScope();
    }
}
