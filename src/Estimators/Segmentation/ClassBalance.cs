using Fovea.Data;
using static TorchSharp.torch;

namespace Fovea.Segmentation;

/// <summary>How frequent each class is in the masks of a set, at the size that the network is given.</summary>
internal sealed class ClassBalance
{
    private readonly long[] _shown;

    private ClassBalance(long[] pixels, long[] shown) => (Pixels, _shown) = (pixels, shown);

    /// <summary>(K,): pixels of each class.</summary>
    public IReadOnlyList<long> Pixels { get; }

    /// <summary>Counts the pixels in one pass.</summary>
    /// <param name="set">Images with masks.</param>
    /// <param name="cancellation">Stops the pass over the set.</param>
    /// <exception cref="InvalidDataException">An image or mask cannot be read; the message names it.</exception>
    public static ClassBalance Of(ImageSet set, CancellationToken cancellation)
    {
        var classes = set.ClassNames.Count;
        var pixels = new long[classes];     // of the class
        var shown = new long[classes];      // of all classes, in images that show this one
        using var loader = new BatchLoader(set, 1);
        foreach (var batch in loader.Epoch(0, cancellation))
        {
            var counts = new long[256];
            foreach (var value in batch.Masks!.bytes)
                counts[value]++;
            var counted = counts.Take(classes).Sum();
            for (var k = 0; k < classes; k++)
            {
                pixels[k] += counts[k];
                shown[k] += counts[k] > 0 ? counted : 0;
            }
        }
        return new(pixels, shown);
    }

    /// <summary>Weights that make rare classes count as much as frequent ones: the median frequency over each class's; a class that no mask shows gets weight 1, which no pixel asks for.</summary>
    /// <returns>(K,), float32.</returns>
    public Tensor Weights() => tensor(Weights(Pixels, _shown));

    /// <param name="pixels">(K,): pixels of each class.</param>
    /// <param name="shown">(K,): pixels that count, of those images that show the class.</param>
    private static float[] Weights(IReadOnlyList<long> pixels, IReadOnlyList<long> shown)
    {
        var frequencies = pixels.Zip(shown, (p, s) => s == 0 ? 0 : (double)p / s).ToArray();
        var sorted = frequencies.Where(f => f > 0).Order().ToArray();
        if (sorted.Length == 0)
            return [.. frequencies.Select(_ => 1f)];
        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return [.. frequencies.Select(f => f == 0 ? 1f : (float)(median / f))];
    }
}
