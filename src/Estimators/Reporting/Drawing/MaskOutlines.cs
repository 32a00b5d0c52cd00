namespace Fovea.Reporting;

/// <summary>Draws the edges of a mask's regions in the colors of their classes, inside each region.</summary>
internal static class MaskOutlines
{
    /// <param name="canvas">(H, W).</param>
    /// <param name="mask">The class of each pixel, (H, W).</param>
    /// <param name="colors">Of each class; a class without one has no outline.</param>
    /// <param name="thickness">Pixels.</param>
    public static void Draw(Canvas canvas, ReadOnlySpan<byte> mask, IReadOnlyList<Color?> colors, int thickness)
    {
        if (thickness == 0)
            return;
        var depths = Depths(mask, canvas.Width, canvas.Height, thickness);
        for (var i = 0; i < mask.Length; i++)
            if (depths[i] < thickness && mask[i] < colors.Count && colors[mask[i]] is { } color)
                canvas.Blend(i % canvas.Width, i / canvas.Width, color, 255);
    }

    /// <returns>(H, W): steps within a pixel's region to one that has another region beside it, at most <paramref name="most"/>. The image's edge is none.</returns>
    private static byte[] Depths(ReadOnlySpan<byte> mask, int width, int height, int most)
    {
        var depths = new byte[mask.Length];
        // From the upper left and back again, as distances by steps need.
        for (var i = 0; i < mask.Length; i++)
        {
            depths[i] = (byte)most;
            if (i % width > 0)
                Come(depths, mask, i, i - 1);
            if (i >= width)
                Come(depths, mask, i, i - width);
        }
        for (var i = mask.Length - 1; i >= 0; i--)
        {
            if (i % width < width - 1)
                Come(depths, mask, i, i + 1);
            if (i / width < height - 1)
                Come(depths, mask, i, i + width);
        }
        return depths;
    }

    private static void Come(byte[] depths, ReadOnlySpan<byte> mask, int to, int from)
    {
        var depth = mask[to] == mask[from] ? depths[from] + 1 : 0;
        if (depth < depths[to])
            depths[to] = (byte)depth;
    }
}
