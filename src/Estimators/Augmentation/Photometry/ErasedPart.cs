namespace Fovea;

/// <summary>Writes over a rectangle of a sample.</summary>
internal static class ErasedPart
{
    public static void Check(EraseFill fill)
    {
        if (!Enum.IsDefined(fill))
            throw new ArgumentOutOfRangeException(nameof(fill), fill, $"The fill must be one of {string.Join(", ", Enum.GetNames<EraseFill>())}.");
    }

    /// <param name="sample">Changed in place; its boxes stay.</param>
    /// <param name="top">From 0.</param>
    /// <param name="left">From 0.</param>
    /// <param name="height">Within the sample.</param>
    /// <param name="width">Within the sample.</param>
    /// <param name="fill">What is written.</param>
    /// <param name="isIgnoredInMask">The mask has no class there any more.</param>
    /// <param name="random">Where noise comes from.</param>
    public static void Erase(Sample sample, int top, int left, int height, int width, EraseFill fill, bool isIgnoredInMask, Random random)
    {
        var pixels = sample.Pixels;
        var channels = sample.Channels;
        Span<byte> colour = stackalloc byte[channels];
        if (fill == EraseFill.Mean)
            MeanColour(pixels, colour);
        else
            colour.Clear();
        for (var y = top; y < top + height; y++)
        {
            var row = pixels.Slice((y * sample.Width + left) * channels, width * channels);
            if (fill == EraseFill.Noise)
                random.NextBytes(row);
            else if (channels == 1)
                row.Fill(colour[0]);
            else
                for (var x = 0; x < row.Length; x += channels)
                    colour.CopyTo(row[x..]);
            if (isIgnoredInMask && sample.HasMask)
                sample.Mask.Slice(y * sample.Width + left, width).Fill(Sample.Ignored);
        }
    }

    private static void MeanColour(ReadOnlySpan<byte> pixels, Span<byte> colour)
    {
        Span<long> sums = stackalloc long[colour.Length];
        sums.Clear();
        for (var i = 0; i < pixels.Length; i += sums.Length)
            for (var c = 0; c < sums.Length; c++)
                sums[c] += pixels[i + c];
        var count = pixels.Length / sums.Length;
        for (var c = 0; c < sums.Length; c++)
            colour[c] = (byte)((2 * sums[c] + count) / (2L * count));
    }
}
