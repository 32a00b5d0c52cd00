using static TorchSharp.torch;

namespace Fovea.Detection.Regions;

/// <summary>
/// Cuts regions out of a feature pyramid, a small region out of a fine map: a box of area a is cut from the map of level
/// floor(4 + log2(sqrt(a) / 224)), level k having stride 2^k (Lin et al., 2016, https://arxiv.org/abs/1612.03144, equation 1).
/// </summary>
/// <param name="strides">Of each map, finest first, pixels: powers of two, each twice the one before.</param>
/// <param name="kind">How to cut.</param>
internal sealed class RegionPooler(IReadOnlyList<int> strides, RegionPooling kind)
{
    /// <summary>Bins a side.</summary>
    public const int Size = 7;

    private const int Points = 2;

    private readonly int _finest = int.Log2(strides[0]);
    private readonly double[] _scales = [.. strides.Select(s => 1.0 / s)];

    /// <param name="maps">(N, C, H', W') each; those beyond the strides' number are not cut from.</param>
    /// <param name="boxes">(R, 4), float32, in pixels of the images.</param>
    /// <param name="images">(R,), int64, in [0, N).</param>
    /// <returns>(R, C, 7, 7), float32.</returns>
    public Tensor Pool(IReadOnlyList<Tensor> maps, Tensor boxes, Tensor images)
    {
        using var scope = NewDisposeScope();
        var regions = PooledRegions.Of([.. maps.Take(strides.Count)], _scales, boxes, images, Levels(boxes));
        var pooled = kind == RegionPooling.Max ? RoiMaxPool.Run(regions, Size) : RoiAlign.Run(regions, Size, Points, aligned: false);
        return pooled.MoveToOuterDisposeScope();
    }

    /// <returns>(R,), int64, in [0, maps).</returns>
    internal Tensor Levels(Tensor boxes)
    {
        using var frozen = no_grad();
        // Without area: minus infinity, which is the finest. The millionth is torchvision's, for sides that are just a power of two.
        var level = (4 + (Boxes.Area(boxes).sqrt() / 224).log2() + 1e-6).floor();
        return level.clamp(_finest, _finest + strides.Count - 1).nan_to_num(_finest).to(ScalarType.Int64) - _finest;
    }
}
