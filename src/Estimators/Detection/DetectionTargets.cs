using Fovea.Data;
using static TorchSharp.torch;

namespace Fovea.Detection;

/// <summary>The objects of a batch, G for each image, filled up with none. All tensors on one device.</summary>
/// <param name="Boxes">(N, G, 4), float32: x0 y0 x1 y1 in pixels of the batch's images; 0 where there is no object.</param>
/// <param name="Labels">(N, G), int64, class index in [0, K); 0 where there is no object.</param>
/// <param name="Exist">(N, G), bool: whether there is an object.</param>
internal sealed record DetectionTargets(Tensor Boxes, Tensor Labels, Tensor Exist)
{
    /// <summary>G is at least 1, so that no dimension is empty. Crowds are left out.</summary>
    /// <param name="boxes">On the CPU.</param>
    /// <param name="images">N.</param>
    /// <param name="device">Where they are wanted.</param>
    public static DetectionTargets Of(BoxBatch boxes, int images, Device device)
    {
        using var scope = NewDisposeScope();
        var single = boxes.IsCrowd.logical_not().nonzero().squeeze(1);                          // (M,)
        var image = boxes.Images.index_select(0, single);                                       // (M,)
        var counts = image.bincount(weights: null, minlength: images);                          // (N,)
        var most = Math.Max(1, counts.max().item<long>());                                      // G
        var first = counts.cumsum(0) - counts;                                                  // (N,)
        // Ascending by image, so an object's place within its image is its place less that of the image's first.
        var at = image * most + (arange(image.size(0)) - first.index_select(0, image));         // (M,)
        var corners = zeros(images * most, 4).index_copy_(0, at, boxes.Corners.index_select(0, single));
        var labels = zeros(images * most, ScalarType.Int64).index_copy_(0, at, boxes.Labels.index_select(0, single));
        var exist = zeros(images * most, ScalarType.Bool).index_fill_(0, at, true);
        return new(Laid(corners.view(images, most, 4)), Laid(labels.view(images, most)), Laid(exist.view(images, most)));

        Tensor Laid(Tensor tensor) => tensor.to(device).MoveToOuterDisposeScope();
    }
}
