namespace Fovea.Data;

/// <summary>
/// A binary mask as the lengths of its runs, column after column from the top left, beginning with the pixels that are not in
/// it: COCO's coding.
/// </summary>
internal sealed class RunLengths
{
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="counts">Lengths of runs, out and in by turns; their sum is the number of pixels.</param>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public RunLengths(int height, int width, params int[] counts)
    {
        var total = counts.Sum(c => (long)c);
        if (counts.Any(c => c < 0))
            throw new InvalidDataException($"a run has the length {counts.First(c => c < 0)}");
        if (total != (long)height * width)
            throw new InvalidDataException($"the runs add up to {total} pixels, but the mask has {height} x {width} = {(long)height * width}");
        (Height, Width, Counts) = (height, width, counts);
    }

    public int Height { get; }

    public int Width { get; }

    public IReadOnlyList<int> Counts { get; }

    /// <summary>Pixels in the mask.</summary>
    public long Area
    {
        get
        {
            var area = 0L;
            for (var i = 1; i < Counts.Count; i += 2)
                area += Counts[i];
            return area;
        }
    }

    /// <summary>Pixels that are in this mask and in another of the same size.</summary>
    public long Shared(RunLengths other)
    {
        if (other.Height != Height || other.Width != Width)
            throw new ArgumentException($"The masks are of {Height} x {Width} and {other.Height} x {other.Width} pixels.", nameof(other));
        var shared = 0L;
        // Where the current run of each ends.
        var (i, j, end, otherEnd, at) = (0, 0, (long)Counts[0], (long)other.Counts[0], 0L);
        for (var total = (long)Height * Width; at < total;)
        {
            var next = Math.Min(end, otherEnd);
            if (i % 2 == 1 && j % 2 == 1)
                shared += next - at;
            at = next;
            while (end == at && i + 1 < Counts.Count)
                end += Counts[++i];
            while (otherEnd == at && j + 1 < other.Counts.Count)
                otherEnd += other.Counts[++j];
        }
        return shared;
    }

    /// <summary>The smallest box around the mask's pixels, half-open; all zero where there are none.</summary>
    public (int X0, int Y0, int X1, int Y1) Bounds()
    {
        var (x0, y0, x1, y1) = (Width, Height, 0, 0);
        foreach (var (first, length) in Runs())
        {
            var (left, top) = ((int)(first / Height), (int)(first % Height));
            var (right, bottom) = ((int)((first + length - 1) / Height), (int)((first + length - 1) % Height));
            x0 = Math.Min(x0, left);
            x1 = Math.Max(x1, right + 1);
            // A run that goes on in the next column touches the bottom of one and the top of the other.
            y0 = Math.Min(y0, left < right ? 0 : top);
            y1 = Math.Max(y1, left < right ? Height : bottom + 1);
        }
        return x0 < x1 ? (x0, y0, x1, y1) : default;
    }

    /// <summary>Writes <paramref name="value"/> where the mask is and leaves the rest.</summary>
    /// <param name="mask">(H, W), row by row.</param>
    /// <param name="value">What to write.</param>
    public void Paint(Span<byte> mask, byte value)
    {
        foreach (var (first, length) in Runs())
            for (var i = first; i < first + length; i++)
                mask[(int)(i % Height * Width + i / Height)] = value;
    }

    /// <summary>The runs of a mask.</summary>
    /// <param name="mask">(H, W), row by row; what is not 0 is in it.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public static RunLengths Of(ReadOnlySpan<byte> mask, int height, int width)
    {
        var counts = new List<int>();
        var (isIn, length) = (false, 0);
        for (var x = 0; x < width; x++)
            for (var y = 0; y < height; y++)
            {
                if (mask[y * width + x] != 0 != isIn)
                {
                    counts.Add(length);
                    (isIn, length) = (!isIn, 0);
                }
                length++;
            }
        counts.Add(length);
        return new RunLengths(height, width, [.. counts]);
    }

    /// <summary>Pixels that are in one of them or more.</summary>
    /// <param name="masks">Of the same size; at least one.</param>
    public static RunLengths Union(IReadOnlyList<RunLengths> masks)
    {
        if (masks.Count == 1)
            return masks[0];
        // Where runs begin and end; the sum of what is open tells whether a pixel is in any.
        var edges = masks.SelectMany(m => m.Runs()).SelectMany(r => new[] { (At: r.First, Step: 1), (At: r.First + r.Length, Step: -1) })
            .OrderBy(e => e.At).ThenByDescending(e => e.Step).ToList();
        var counts = new List<int>();
        var (open, last) = (0, 0L);
        foreach (var (at, step) in edges)
        {
            if (open == 0 || open + step == 0)
            {
                counts.Add((int)(at - last));
                last = at;
            }
            open += step;
        }
        counts.Add((int)((long)masks[0].Height * masks[0].Width - last));
        return new RunLengths(masks[0].Height, masks[0].Width, WithoutEmpty(counts));
    }

    /// <summary>Runs of no length join their neighbors; only the first may be empty.</summary>
    internal static int[] WithoutEmpty(IReadOnlyList<int> counts)
    {
        var joined = new List<int> { counts[0] };
        for (var i = 1; i < counts.Count; i++)
        {
            if (counts[i] > 0)
                joined.Add(counts[i]);
            else if (i + 1 < counts.Count)
                joined[^1] += counts[++i];
        }
        return [.. joined];
    }

    private IEnumerable<(long First, int Length)> Runs()
    {
        var at = 0L;
        for (var i = 0; i < Counts.Count; at += Counts[i++])
            if (i % 2 == 1 && Counts[i] > 0)
                yield return (at, Counts[i]);
    }
}
