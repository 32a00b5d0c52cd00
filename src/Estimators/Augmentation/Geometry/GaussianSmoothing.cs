using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea;

/// <summary>
/// Smooths a field of numbers with a Gaussian, columns and rows apart, mirrored at the edges: the arithmetic of torchvision's
/// <c>gaussian_blur</c> with the kernel that its elastic transform takes, int(8 sigma + 1) taps, or one more to be odd.
/// </summary>
internal sealed class GaussianSmoothing
{
    private readonly float[] _half;

    /// <param name="sigma">In pixels, above 0.</param>
    public GaussianSmoothing(double sigma)
    {
        Sigma = sigma;
        // The middle tap and those to one side of it.
        var exact = new double[(int)(8 * sigma + 1) / 2 + 1];
        var total = 0.0;
        for (var i = 0; i < exact.Length; i++)
        {
            exact[i] = Math.Exp(-0.5 * (i / sigma) * (i / sigma));
            total += i == 0 ? exact[i] : 2 * exact[i];
        }
        _half = Array.ConvertAll(exact, value => (float)(value / total));
    }

    public double Sigma { get; }

    /// <param name="field">(height, stride), changed in place.</param>
    /// <param name="spare">(height, stride). Holds anything.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W; what lies beyond it in a row holds anything afterwards.</param>
    /// <param name="stride">Numbers a row, a multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(float[] field, float[] spare, int height, int width, int stride)
    {
        var reach = _half.Length - 1;
        // A row with what is mirrored beside it, and room for whole vectors.
        var row = new float[stride + 2 * reach + 8];
        for (var y = 0; y < height; y++)
        {
            var from = field.AsSpan(y * stride, width);
            from.CopyTo(row.AsSpan(reach));
            for (var i = 1; i <= reach; i++)
            {
                row[reach - i] = from[Mirrored(-i, width)];
                row[reach + width - 1 + i] = from[Mirrored(width - 1 + i, width)];
            }
            ref var middle = ref row[reach];
            for (var x = 0; x < stride; x += 8)
            {
                var sum = Vector256.LoadUnsafe(ref middle, (nuint)x) * _half[0];
                for (var k = 1; k <= reach; k++)
                    sum += (Vector256.LoadUnsafe(ref Unsafe.Add(ref middle, x - k)) + Vector256.LoadUnsafe(ref Unsafe.Add(ref middle, x + k))) * _half[k];
                sum.CopyTo(spare, y * stride + x);
            }
        }
        Span<int> above = stackalloc int[reach + 1], below = stackalloc int[reach + 1];
        for (var y = 0; y < height; y++)
        {
            for (var k = 1; k <= reach; k++)
                (above[k], below[k]) = (Mirrored(y - k, height) * stride, Mirrored(y + k, height) * stride);
            for (var x = 0; x < stride; x += 8)
            {
                ref var column = ref spare[x];
                var sum = Vector256.LoadUnsafe(ref column, (nuint)(y * stride)) * _half[0];
                for (var k = 1; k <= reach; k++)
                    sum += (Vector256.LoadUnsafe(ref column, (nuint)above[k]) + Vector256.LoadUnsafe(ref column, (nuint)below[k])) * _half[k];
                sum.CopyTo(field, y * stride + x);
            }
        }
    }

    private static int Mirrored(int at, int size)
    {
        if (size == 1)
            return 0;
        var period = 2 * (size - 1);
        at = Math.Abs(at) % period;
        return Math.Min(at, period - at);
    }
}
