using static TorchSharp.torch;

namespace Fovea.Detection;

/// <summary>Lays out what images have different numbers of as (N, G, ...), G the largest number, at least 1. On the CPU.</summary>
internal sealed class BatchPlaces
{
    private readonly long _images;
    private readonly long _most;
    private readonly Tensor _at;     // (M,), int64, in [0, N·G)

    /// <param name="image">(M,), int64, ascending: the image of each.</param>
    /// <param name="images">N.</param>
    public BatchPlaces(Tensor image, long images)
    {
        var counts = image.bincount(weights: null, minlength: images);                          // (N,)
        _images = images;
        _most = Math.Max(1, counts.max().item<long>());
        // Ascending by image, so a place within an image is the place less that of the image's first.
        var first = counts.cumsum(0) - counts;                                                  // (N,)
        _at = image * _most + (arange(image.size(0)) - first.index_select(0, image));           // (M,)
    }

    /// <param name="values">(M,) or (M, D).</param>
    /// <returns>(N, G) or (N, G, D), 0 where there is none.</returns>
    public Tensor Fill(Tensor values)
    {
        long[] rest = values.shape[1..];
        return zeros([_images * _most, .. rest], values.dtype).index_copy_(0, _at, values).view([_images, _most, .. rest]);
    }

    /// <returns>(N, G), bool.</returns>
    public Tensor Exist() => zeros(_images * _most, ScalarType.Bool).index_fill_(0, _at, true).view(_images, _most);
}
