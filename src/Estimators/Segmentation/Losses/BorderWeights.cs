using Fovea.Segmentation;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>
/// U-Net's weight of pixels between objects that nearly touch: peak · exp(−(d₁ + d₂)² / 2σ²) with the distances to the nearest
/// and the second nearest object, added to the class's weight (Ronneberger et al., 2015, https://arxiv.org/abs/1505.04597, equation 2).
/// </summary>
/// <remarks>
/// Objects are the connected regions (4 neighbors) of one class; only other pixels are weighted. It is computed for the
/// batch as augmented, so a crop sees the objects it shows. A second object farther than 4σ adds nothing (the paper's formula
/// would give it at most 3.4e-4 of the peak).
/// </remarks>
public sealed record BorderWeights
{
    /// <summary>The weight between touching objects, above 0; default 10, the paper's.</summary>
    public double Peak { get; init; } = 10;

    /// <summary>How far it reaches, in pixels, above 0 to 64; default 5, the paper's.</summary>
    public double Sigma { get; init; } = 5;

    /// <summary>The class whose regions are the objects, an index; default 1.</summary>
    public int Class { get; init; } = 1;

    internal IEnumerable<string> Problems()
    {
        if (!(Peak > 0) || !double.IsFinite(Peak))
            yield return $"{nameof(BorderWeights)}.{nameof(Peak)} must be a finite number above 0; it is {Peak}";
        if (!(Sigma is > 0 and <= 64))
            yield return $"{nameof(BorderWeights)}.{nameof(Sigma)} must be above 0 and at most 64 pixels; it is {Sigma}";
        if (Class < 0)
            yield return $"{nameof(BorderWeights)}.{nameof(Class)} must be an index of at least 0; it is {Class}";
    }

    /// <returns>(N, H, W), float32, on the targets' device.</returns>
    internal Tensor Map(PixelTargets targets)
    {
        var size = targets.Indices.shape;
        var (images, height, width) = ((int)size[0], (int)size[1], (int)size[2]);
        var isObject = targets.Indices.eq(Class).to(ScalarType.Byte).cpu().contiguous().data<byte>().ToArray();
        var map = new float[isObject.Length];
        Parallel.For(0, images, n =>
        {
            var first = n * height * width;
            Map(isObject.AsSpan(first, height * width), map.AsSpan(first, height * width), height, width);
        });
        return tensor(map, size, device: targets.Indices.device);
    }

    /// <summary>The weights of one image.</summary>
    /// <param name="isObject">(H, W), not 0 where an object is.</param>
    /// <param name="map">(H, W), written.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    internal void Map(ReadOnlySpan<byte> isObject, Span<float> map, int height, int width)
    {
        var regions = new int[isObject.Length];
        map.Clear();
        if (ConnectedRegions.Label(isObject, width, regions) < 2)
            return;
        var reach = (int)Math.Ceiling(4 * Sigma);
        var inRow = NearestTwo.InRows(regions, width, reach);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var at = y * width + x;
                if (regions[at] != 0 || NearestTwo.Distances(inRow, x, y, width, height, reach) is not { } distance || !(distance.Second <= 4 * Sigma))
                    continue;
                var both = distance.First + distance.Second;
                map[at] = (float)(Peak * Math.Exp(-both * both / (2 * Sigma * Sigma)));
            }
    }
}
