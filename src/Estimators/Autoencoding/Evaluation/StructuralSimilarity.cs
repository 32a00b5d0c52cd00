namespace Fovea.Autoencoding.Evaluation;

/// <summary>
/// SSIM (Wang et al., 2004) as scikit-image 0.19's <c>structural_similarity</c> computes it by default: uniform windows of 7 x 7, K1 = 0.01,
/// K2 = 0.03, sample variances, the mean over all windows that lie within the image, and over the channels. Sums are of whole numbers, so exact.
/// </summary>
internal static class StructuralSimilarity
{
    private const int Side = 7;
    private const double C1 = 0.01 * 255 * (0.01 * 255), C2 = 0.03 * 255 * (0.03 * 255);

    /// <param name="a">(H, W, C).</param>
    /// <param name="b">(H, W, C).</param>
    /// <param name="width">W.</param>
    /// <param name="channels">C.</param>
    /// <returns>At most 1; NaN where a side is below 7.</returns>
    public static double Of(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int channels)
    {
        var height = a.Length / channels / width;
        if (height < Side || width < Side)
            return double.NaN;
        var total = 0.0;
        for (var c = 0; c < channels; c++)
            total += OfChannel(a, b, width, height, channels, c);
        return total / channels / ((height - Side + 1L) * (width - Side + 1));
    }

    private static double OfChannel(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int height, int channels, int channel)
    {
        // Of each column the sums over seven rows, moved down row by row.
        var columns = new Sums[width];
        var total = 0.0;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = (y * width + x) * channels + channel;
                columns[x].Add(a[at], b[at]);
                if (y >= Side)
                    columns[x].Remove(a[at - Side * width * channels], b[at - Side * width * channels]);
            }
            if (y < Side - 1)
                continue;
            var window = default(Sums);
            for (var x = 0; x < width; x++)
            {
                window.Add(columns[x], 1);
                if (x >= Side)
                    window.Add(columns[x - Side], -1);
                if (x >= Side - 1)
                    total += window.Similarity();
            }
        }
        return total;
    }

    /// <summary>Of the pixels of a window.</summary>
    private struct Sums
    {
        private long _a, _b, _aa, _bb, _ab;

        public void Add(int a, int b) => Add(a, b, 1);

        public void Remove(int a, int b) => Add(a, b, -1);

        public void Add(in Sums other, int sign)
        {
            _a += sign * other._a;
            _b += sign * other._b;
            _aa += sign * other._aa;
            _bb += sign * other._bb;
            _ab += sign * other._ab;
        }

        public readonly double Similarity()
        {
            const double n = Side * Side;
            var (meanA, meanB) = (_a / n, _b / n);
            // n² times a variance is a whole number.
            var varianceA = (n * _aa - (double)_a * _a) / (n * (n - 1));
            var varianceB = (n * _bb - (double)_b * _b) / (n * (n - 1));
            var covariance = (n * _ab - (double)_a * _b) / (n * (n - 1));
            return (2 * meanA * meanB + C1) * (2 * covariance + C2) / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
        }

        private void Add(int a, int b, int sign)
        {
            _a += sign * a;
            _b += sign * b;
            _aa += sign * a * a;
            _bb += sign * b * b;
            _ab += sign * a * b;
        }
    }
}
