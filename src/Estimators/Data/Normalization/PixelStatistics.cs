using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Data;

/// <summary>
/// What a normalization needs to know of a set, each in one pass over all of its images, without augmentation. The sums are
/// of whole numbers below 2^53, so they are exact, and neither the order of the images nor the size of batches changes a bit.
/// </summary>
internal static class PixelStatistics
{
    /// <summary>A batch's worth: large enough for matrix products, small beside the images in memory.</summary>
    private const int BatchBytes = 4 << 20;

    /// <summary>Mean and standard deviation of pixels in [0, 1], per channel.</summary>
    public static (double[] Mean, double[] StdDev) OfChannels(ImageSet set, CancellationToken cancellation)
    {
        var channels = set.Input.Channels;
        var sum = new ulong[channels];
        var squares = new ulong[channels];
        var images = ForEach(set, cancellation, batch =>
        {
            var pixels = batch.bytes;                                        // (N, C, H, W)
            var plane = set.Input.Height * set.Input.Width;
            for (var at = 0; at < pixels.Length; at += plane)
                Add(pixels.Slice(at, plane), ref sum[at / plane % channels], ref squares[at / plane % channels]);
        });
        var count = (double)images * set.Input.Height * set.Input.Width;
        var mean = sum.Select(s => s / count).ToArray();
        var deviation = mean.Zip(squares, (m, s) => Math.Sqrt(Math.Max(0, s / count - m * m)));
        return ([.. mean.Select(m => m / 255)], [.. deviation.Select(d => d / 255)]);
    }

    /// <summary>The mean of pixels in [0, 1] at each place.</summary>
    /// <returns>(C, H, W), float32, on the CPU. The caller's to dispose.</returns>
    public static Tensor MeanImage(ImageSet set, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var sum = zeros(set.Input.Channels, set.Input.Height, set.Input.Width, ScalarType.Int64);
        var images = ForEach(set, cancellation, batch => sum.add_(batch.sum(0, type: ScalarType.Int64)));
        return (sum.to(ScalarType.Float64) / (255.0 * images)).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>Mean and ZCA matrix of pixels in [0, 1]: <see cref="Normalization.Zca"/>.</summary>
    /// <param name="set">At least two images of at most <see cref="Normalization.LargestZca"/> numbers.</param>
    /// <param name="epsilon">Added to each eigenvalue of the covariance.</param>
    /// <param name="device">Where products are added up; the eigenvectors are found on the CPU.</param>
    /// <param name="cancellation">Stops the pass.</param>
    /// <returns>(C, H, W) and the symmetric (D, D), D = C·H·W, float32, on the CPU. The caller's to dispose.</returns>
    public static (Tensor Mean, Tensor Whitening) Zca(ImageSet set, double epsilon, Device device, CancellationToken cancellation)
    {
        var (c, h, w) = (set.Input.Channels, set.Input.Height, set.Input.Width);
        var size = (long)c * h * w;
        using var scope = NewDisposeScope();
        var sum = zeros(size, ScalarType.Float64, device);                   // (D,)
        var products = zeros(size, size, ScalarType.Float64, device);        // (D, D)
        var images = ForEach(set, cancellation, batch =>
        {
            var x = batch.to(device).to(ScalarType.Float64).flatten(1);      // (N, D)
            sum.add_(x.sum(0L));
            products.addmm_(x.t(), x);
        });
        // (Σ x xᵀ − n m mᵀ) / (n − 1), of pixels in [0, 255] until here.
        var mean = sum / images;
        var covariance = products.sub_(outer(mean, mean).mul_(images)).div_(255.0 * 255.0 * Math.Max(1, images - 1)).cpu();
        var (values, vectors) = linalg.eigh(covariance);                     // (D,), (D, D): covariance = U Λ Uᵀ
        // Rounding makes eigenvalues that are 0 a little negative.
        var scale = values.clamp_min(0).add(epsilon).rsqrt();                // (D,)
        var whitening = vectors.mul(scale).matmul(vectors.t());              // (D, D)
        return ((mean.cpu() / 255.0).to(ScalarType.Float32).reshape(c, h, w).MoveToOuterDisposeScope(), whitening.to(ScalarType.Float32).MoveToOuterDisposeScope());
    }

    /// <returns>How many images there were.</returns>
    private static long ForEach(ImageSet set, CancellationToken cancellation, Action<Tensor> add)
    {
        using var frozen = no_grad();
        using var loader = new BatchLoader(set, Math.Clamp(BatchBytes / set.Input.SampleBytes, 1, 1024));
        long images = 0;
        foreach (var batch in loader.Epoch(0, cancellation))
        {
            using var step = NewDisposeScope();
            add(batch.Images);
            images += batch.Count;
        }
        return images;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<byte> pixels, ref ulong sum, ref ulong squares)
    {
        ulong s = 0, q = 0;
        foreach (var pixel in pixels)
        {
            s += pixel;
            q += (uint)pixel * pixel;
        }
        sum += s;
        squares += q;
    }
}
