namespace Fovea.Segmentation;

/// <summary>
/// Distances from a pixel to the nearest region and to the nearest other one. Each row is searched first; the two nearest of all
/// rows are among the two nearest of each, so the rows' results are all that a pixel has to look through.
/// </summary>
internal static class NearestTwo
{
    /// <summary>The nearest pixel of a region in a row: the region and how many columns away; region 0 where there is none within reach.</summary>
    public readonly record struct Near(int Region, int Columns);

    /// <param name="regions">(H, W), 0 for background.</param>
    /// <param name="width">W.</param>
    /// <param name="reach">The farthest column looked at.</param>
    /// <returns>(H, W): the nearest region in the pixel's row, and the nearest other one.</returns>
    public static (Near First, Near Second)[] InRows(ReadOnlySpan<int> regions, int width, int reach)
    {
        var nearest = new (Near First, Near Second)[regions.Length];
        for (var row = 0; row < regions.Length; row += width)
        {
            // From the left the last two regions passed are the candidates, and from the right the same.
            Sweep(regions, nearest, row, row + width, 1, reach);
            Sweep(regions, nearest, row + width - 1, row - 1, -1, reach);
        }
        return nearest;
    }

    /// <summary>The distances of pixel (x, y) in pixels; null where fewer than two regions are within reach.</summary>
    public static (double First, double Second)? Distances((Near First, Near Second)[] inRows, int x, int y, int width, int height, int reach)
    {
        int firstRegion = 0, first = int.MaxValue, second = int.MaxValue;
        for (var row = Math.Max(0, y - reach); row <= Math.Min(height - 1, y + reach); row++)
        {
            var (a, b) = inRows[row * width + x];
            Offer(a, row - y);
            Offer(b, row - y);
        }
        return second == int.MaxValue ? null : (Math.Sqrt(first), Math.Sqrt(second));

        void Offer(Near near, int rows)
        {
            if (near.Region == 0)
                return;
            var square = near.Columns * near.Columns + rows * rows;
            if (near.Region == firstRegion)
                first = Math.Min(first, square);
            else if (square < first)
                (firstRegion, first, second) = (near.Region, square, first);
            else
                second = Math.Min(second, square);
        }
    }

    private static void Sweep(ReadOnlySpan<int> regions, (Near First, Near Second)[] nearest, int from, int to, int step, int reach)
    {
        (int Region, int At) last = default, before = default;
        for (var i = from; i != to; i += step)
        {
            var region = regions[i];
            if (region != 0)
            {
                if (region != last.Region)
                    before = last;
                last = (region, i);
            }
            ref var best = ref nearest[i];
            Offer(ref best, last, i, reach);
            Offer(ref best, before, i, reach);
        }
    }

    private static void Offer(ref (Near First, Near Second) best, (int Region, int At) candidate, int at, int reach)
    {
        var columns = Math.Abs(at - candidate.At);
        if (candidate.Region == 0 || columns > reach)
            return;
        var near = new Near(candidate.Region, columns);
        if (best.First.Region == 0 || best.First.Region == near.Region)
            best.First = best.First.Region == 0 || columns < best.First.Columns ? near : best.First;
        else if (columns < best.First.Columns)
            best = (near, best.First);
        else if (best.Second.Region == 0 || columns < best.Second.Columns)
            best.Second = near;
    }
}
