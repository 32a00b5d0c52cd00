using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fovea;

/// <summary>
/// Turns the hue of RGB pixels by way of Pillow's 8-bit HSV: hue, saturation and value are cut to whole levels, the hue is
/// turned by whole levels of 256, and the way back rounds. The numbers are Pillow's for every color and turn: all that its
/// float64 decides is decided here by float32 and whole numbers, which a test compares over all colors.
/// </summary>
internal static class HueTurn
{
    /// <param name="pixels">(H, W, 3), changed in place.</param>
    /// <param name="levels">1/256 of the circle each. 0 leaves the pixels as they are, where Pillow's way through HSV would round them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Span<byte> pixels, byte levels)
    {
        if (levels == 0)
            return;
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref var place = ref MemoryMarshal.GetReference(pixels);
            for (; i + EightPixels.BytesRead <= pixels.Length; i += EightPixels.Bytes)
                Turn(EightPixels.Read(ref Unsafe.Add(ref place, i)), levels).Write(ref Unsafe.Add(ref place, i));
        }
        for (; i < pixels.Length; i += 3)
            Turn(pixels.Slice(i, 3), levels);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static EightPixels Turn(EightPixels rgb, int levels)
    {
        var (red, green, blue) = (rgb.Red, rgb.Green, rgb.Blue);
        var value = Vector256.Max(red, Vector256.Max(green, blue));
        var least = Vector256.Min(red, Vector256.Min(green, blue));
        var spread = value - least;                                                        // 0 for a grey
        var middle = red + green + blue - value - least;

        // In units of 60 degrees the hue is a corner of the hexagon plus or minus where the middle channel lies.
        var m = Vector256.ConvertToSingle(value - middle) / Vector256.ConvertToSingle(spread); // NaN for a grey, put right at the end
        var redMost = Vector256.Equals(red, value);
        var greenMost = Vector256.Equals(green, value);
        var one = Vector256.Create(1f);
        var sixth = Vector256.ConditionalSelect(redMost.AsSingle(),
            Vector256.ConditionalSelect(Vector256.LessThan(green, blue).AsSingle(), m - one, one - m),
            Vector256.ConditionalSelect(greenMost.AsSingle(),
                Vector256.ConditionalSelect(Vector256.LessThan(red, blue).AsSingle(), Vector256.Create(3f) - m, one + m),
                Vector256.ConditionalSelect(Vector256.LessThan(green, red).AsSingle(), Vector256.Create(5f) - m, Vector256.Create(3f) + m)));
        var turn = sixth / Vector256.Create(6f);
        turn += Vector256.ConditionalSelect(Vector256.LessThan(turn, Vector256<float>.Zero), one, Vector256<float>.Zero);
        var hue = Vector256.ConvertToInt32Native(turn * 255f);                             // 0..255
        var saturation = Vector256.ConvertToInt32Native(Vector256.ConvertToSingle(spread) / Vector256.ConvertToSingle(value) * 255f);

        hue = (hue + Vector256.Create(levels)) & Vector256.Create(255);
        var six = hue * 6;
        var side = (six * 257 + Vector256.Create(257)) >>> 16;                             // six / 255: 0..6
        var along = six - side * 255;                                                      // 0..254
        var odd = Vector256.Equals(side & Vector256<int>.One, Vector256<int>.One);
        along = Vector256.ConditionalSelect(odd, along, Vector256.Create(255) - along);
        // value * (1 - saturation / 255) and value * (1 - saturation * along / 255^2), rounded; the second is a whole number below 2^24 divided, exact in float32 as far as rounding can tell.
        var low = ((value * (Vector256.Create(255) - saturation) + Vector256.Create(128)) * 257) >>> 16;
        var between = Vector256.ConvertToInt32Native(Vector256.ConvertToSingle(value * (Vector256.Create(65025) - saturation * along)) * (1f / 65025) + Vector256.Create(0.5f));

        // side:   0 1 2 3 4 5 6
        // red:    v x l l x v v
        // green:  x v v x l l x
        // blue:   l l x v v x l
        // A side of 6 (a hue of 255) is side 0.
        side &= ~Vector256.Equals(side, Vector256.Create(6));
        var isGrey = Vector256.Equals(spread, Vector256<int>.Zero);
        return new EightPixels(
            Choose(side, 0, 5, 1, 4, value, between, low) & ~isGrey | value & isGrey,
            Choose(side, 1, 2, 0, 3, value, between, low) & ~isGrey | value & isGrey,
            Choose(side, 3, 4, 2, 5, value, between, low) & ~isGrey | value & isGrey);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Choose(Vector256<int> side, int most1, int most2, int between1, int between2, Vector256<int> most, Vector256<int> between, Vector256<int> least)
    {
        var isMost = Vector256.Equals(side, Vector256.Create(most1)) | Vector256.Equals(side, Vector256.Create(most2));
        var isBetween = Vector256.Equals(side, Vector256.Create(between1)) | Vector256.Equals(side, Vector256.Create(between2));
        return Vector256.ConditionalSelect(isMost, most, Vector256.ConditionalSelect(isBetween, between, least));
    }

    /// <summary>One pixel.</summary>
    internal static void Turn(Span<byte> pixel, int levels)
    {
        int red = pixel[0], green = pixel[1], blue = pixel[2];
        var value = Math.Max(red, Math.Max(green, blue));
        var least = Math.Min(red, Math.Min(green, blue));
        var spread = value - least;
        if (spread == 0)
            return;
        var m = (value - (red + green + blue - value - least)) / (float)spread;
        var sixth = red == value ? green < blue ? m - 1 : 1 - m
            : green == value ? red < blue ? 3 - m : 1 + m
            : green < red ? 5 - m : 3 + m;
        var turn = sixth / 6;
        if (turn < 0)
            turn += 1;
        var hue = ((int)(turn * 255) + levels) & 255;
        var saturation = 255 * spread / value;
        var side = hue * 6 / 255;
        var along = hue * 6 - side * 255;
        if (side % 2 == 0)
            along = 255 - along;
        var low = (byte)((value * (255 - saturation) * 2 + 255) / 510);
        var between = (byte)((value * (65025 - saturation * along) * 2 + 65025) / 130050);
        var most = (byte)value;
        (pixel[0], pixel[1], pixel[2]) = (side % 6) switch
        {
            0 => (most, between, low),
            1 => (between, most, low),
            2 => (low, most, between),
            3 => (low, between, most),
            4 => (between, low, most),
            _ => (most, low, between),
        };
    }
}
