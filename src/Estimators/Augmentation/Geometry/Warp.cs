using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Fovea.Data;

namespace Fovea;

/// <summary>
/// Draws an image anew from moved places: the image bilinear, the mask nearest, in one pass, eight pixels a step. As Pillow's
/// <c>Image.transform</c>: a place belongs to the image as far as its outermost pixels reach, half a pixel beyond their
/// centers, and is not antialiased where it shrinks; unlike Pillow, which cuts, the result is rounded.
/// </summary>
/// <remarks>
/// A place beside the centers of the outermost pixels is moved onto the edge before anything is read, so no read is outside the
/// image and the loop has neither borders nor bounds checks.
/// </remarks>
internal static class Warp
{
    /// <summary>Warps image, mask and boxes.</summary>
    /// <param name="sample">Changed in place; its size stays.</param>
    /// <param name="from">The place in the source of a place in the result.</param>
    /// <param name="fill">What stands where the source has nothing.</param>
    public static void Apply(Sample sample, Homography from, EdgeFill fill)
    {
        if (from.IsAffine)
            Draw(sample, new AffineMap(from), fill);
        else
            Draw(sample, new PerspectiveMap(from), fill);
        var to = from.Inverse();
        foreach (ref var box in CollectionsMarshal.AsSpan(sample.Boxes))
            box = to.Around(box);
        sample.ClipBoxes();
    }

    /// <summary>Warps image and mask.</summary>
    // Optimized at once: a small set would be through before the runtime found the loops hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Draw<TMap>(Sample sample, TMap map, EdgeFill fill)
        where TMap : struct, IWarpMap
    {
        var (height, width, channels) = (sample.Height, sample.Width, sample.Channels);
        ref var pixels = ref MemoryMarshal.GetReference(sample.PaddedPixels);
        ref var mask = ref MemoryMarshal.GetReference(sample.Mask);
        ref var to = ref MemoryMarshal.GetReference(sample.SparePixels(height, width));
        ref var toMask = ref MemoryMarshal.GetReference(sample.HasMask ? sample.SpareMask(height, width) : default);
        var (hasMask, isColor, isReflect) = (sample.HasMask, fill.IsColor, fill.IsReflect);
        var color = Vector256.Create(channels == 1 ? fill.Luminance : fill.Red | fill.Green << 8 | fill.Blue << 16);

        var stride = width * channels;
        // An image of one row has nothing below it, one of one column nothing beside it: both weigh nothing, and padding is read.
        var below = height > 1 ? stride : 0;
        var (half, one) = (Vector256.Create(0.5f), Vector256.Create(WarpPixels.One));
        var (lastX, lastY) = (Vector256.Create(width - 1f), Vector256.Create(height - 1f));
        var (mostX, mostY) = (Vector256.Create(Math.Max(width - 2, 0)), Vector256.Create(Math.Max(height - 2, 0)));
        Span<byte> eight = stackalloc byte[32];
        Span<int> nearest = stackalloc int[8];
        for (var y = 0; y < height; y++)
        {
            map.Row(y);
            ref var row = ref Unsafe.Add(ref to, y * stride);
            for (var x = 0; x < width; x += 8)
            {
                map.Eight(x, out var fromX, out var fromY);
                if (isReflect)
                    (fromX, fromY) = (Reflect(fromX, lastX), Reflect(fromY, lastY));
                var inside = Vector256<int>.AllBitsSet;
                if (isColor)
                    inside = (Vector256.GreaterThanOrEqual(fromX, -half) & Vector256.LessThan(fromX, lastX + half)
                        & Vector256.GreaterThanOrEqual(fromY, -half) & Vector256.LessThan(fromY, lastY + half)).AsInt32();
                Vector256<byte> drawn;
                if (inside == default)
                    drawn = color.AsByte();
                else
                {
                    fromX = Clamp(fromX, lastX);
                    fromY = Clamp(fromY, lastY);
                    var (left, top) = (Vector256.Min(Vector256.ConvertToInt32Native(fromX), mostX), Vector256.Min(Vector256.ConvertToInt32Native(fromY), mostY));
                    // Shares of the right and the lower neighbor, of One; the four weights sum to One exactly.
                    var right = Vector256.ConvertToInt32Native((fromX - Vector256.ConvertToSingle(left)) * WarpPixels.One + half);
                    var lower = Vector256.ConvertToInt32Native((fromY - Vector256.ConvertToSingle(top)) * WarpPixels.One + half);
                    var lowerRight = (right * lower + Vector256.Create(WarpPixels.One / 2)) >> WarpPixels.Bits;
                    var upper = (one - right - lower + lowerRight) | (right - lowerRight) << 16;
                    var under = (lower - lowerRight) | lowerRight << 16;
                    drawn = WarpPixels.Eight(ref pixels, top * stride + left * channels, below, channels, upper, under);
                    if (isColor)
                        drawn = Vector256.ConditionalSelect(inside, drawn.AsInt32(), color).AsByte();
                }
                if (x + 8 <= width)
                    WarpPixels.Store(drawn, ref Unsafe.Add(ref row, x * channels), channels);
                else
                {
                    WarpPixels.Store(drawn, ref eight[0], channels);
                    eight[..((width - x) * channels)].CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref row, x * channels), (width - x) * channels));
                }
                if (hasMask)
                {
                    (Vector256.ConvertToInt32Native(fromY + half) * width + Vector256.ConvertToInt32Native(fromX + half)).CopyTo(nearest);
                    var isInside = inside.ExtractMostSignificantBits();
                    ref var classes = ref Unsafe.Add(ref toMask, y * width + x);
                    for (var i = 0; i < Math.Min(8, width - x); i++)
                        Unsafe.Add(ref classes, i) = (isInside >> i & 1) != 0 ? Unsafe.Add(ref mask, nearest[i]) : Sample.Ignored;
                }
            }
        }
        sample.TakeSpare(height, width);
    }

    /// <summary>Into [0, last]; not a number becomes 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Clamp(Vector256<float> at, Vector256<float> last)
    {
        at = Vector256.ConditionalSelect(Vector256.GreaterThan(at, default), at, default);
        return Vector256.ConditionalSelect(Vector256.LessThan(at, last), at, last);
    }

    /// <summary>Mirrored at the centers of the outermost pixels until it is inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Reflect(Vector256<float> at, Vector256<float> last)
    {
        var period = last + last;
        at = Vector256.Abs(at);
        at -= Vector256.Floor(at / period) * period;
        return Vector256.MinNative(at, period - at);
    }
}
