namespace Fovea.Data;

/// <summary>A closed outline: x0, y0, x1, y1, ... in pixels.</summary>
internal static class Polygon
{
    /// <summary>Beyond this a coordinate is a mistake; and tracing an outline takes time by its length.</summary>
    public const double Farthest = 1e6;

    /// <summary>Outlines are traced on a grid this much finer than the pixels.</summary>
    private const int Finer = 5;

    /// <summary>What is wrong with it, as the end of a sentence; null where nothing is.</summary>
    public static string? Problem(ReadOnlySpan<double> points)
    {
        if (points.Length % 2 != 0)
            return $"has {points.Length} numbers; x and y of each point are wanted, an even number";
        if (points.Length < 6)
            return $"has {points.Length / 2} points; at least 3 are wanted";
        foreach (var value in points)
            if (!(Math.Abs(value) <= Farthest))
                return $"has the coordinate {value.ToString(System.Globalization.CultureInfo.InvariantCulture)}; at most {Farthest} pixels from the image are possible";
        return null;
    }

    /// <summary>The smallest box around it.</summary>
    public static (float X0, float Y0, float X1, float Y1) Bounds(IEnumerable<double[]> polygons)
    {
        var (x0, y0, x1, y1) = (double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);
        foreach (var points in polygons)
            for (var i = 0; i < points.Length; i += 2)
            {
                (x0, x1) = (Math.Min(x0, points[i]), Math.Max(x1, points[i]));
                (y0, y1) = (Math.Min(y0, points[i + 1]), Math.Max(y1, points[i + 1]));
            }
        return ((float)x0, (float)y0, (float)x1, (float)y1);
    }

    /// <summary>What it encloses: half the sum of x_i y_(i+1) - x_(i+1) y_i, without sign.</summary>
    public static double Area(ReadOnlySpan<double> points)
    {
        var twice = 0.0;
        for (var i = 0; i < points.Length; i += 2)
        {
            var next = (i + 2) % points.Length;
            twice += points[i] * points[next + 1] - points[next] * points[i + 1];
        }
        return Math.Abs(twice) / 2;
    }

    /// <summary>
    /// Its pixels, by the rule of COCO's own tools, so that areas and overlaps agree with theirs to the pixel: the outline is
    /// walked on a grid of fifths of a pixel; where it passes the middle of a column of pixels, the pixels below it change
    /// between out and in.
    /// </summary>
    /// <param name="points">Without <see cref="Problem"/>.</param>
    /// <param name="height">Rows of the mask.</param>
    /// <param name="width">Columns of the mask.</param>
    public static RunLengths Rasterize(ReadOnlySpan<double> points, int height, int width)
    {
        var changes = new List<int>();
        for (var i = 0; i < points.Length; i += 2)
        {
            var next = (i + 2) % points.Length;
            Walk(Grid(points[i]), Grid(points[i + 1]), Grid(points[next]), Grid(points[next + 1]), height, width, changes);
        }
        changes.Add(height * width);
        changes.Sort();
        for (var i = changes.Count - 1; i > 0; i--)
            changes[i] -= changes[i - 1];
        return new RunLengths(height, width, RunLengths.WithoutEmpty(changes));
    }

    /// <summary>Rounded to the grid; negative ones towards zero, as COCO's tools do.</summary>
    private static int Grid(double value) => (int)(Finer * value + 0.5);

    /// <summary>One edge, a grid step at a time along its longer side, from the lower end of that side, as rounding depends on it.</summary>
    private static void Walk(int x0, int y0, int x1, int y1, int height, int width, List<int> changes)
    {
        var (dx, dy) = (Math.Abs(x1 - x0), Math.Abs(y1 - y0));
        var steps = Math.Max(dx, dy);
        if (dx == 0)
            return; // passes no column
        var isWide = dx >= dy;
        var isBackward = isWide ? x0 > x1 : y0 > y1;
        var (fromX, fromY, toX, toY) = isBackward ? (x1, y1, x0, y0) : (x0, y0, x1, y1);
        var slope = isWide ? (double)(toY - fromY) / dx : (double)(toX - fromX) / dy;
        var (lastX, lastY) = At(0);
        for (var step = 1; step <= steps; step++)
        {
            var (x, y) = At(step);
            if (x != lastX)
            {
                var left = Math.Min(x, lastX);
                // Fifths 2, 7, 12, ... are the middles of columns 0, 1, 2, ...
                if (left >= Finer / 2 && (left - Finer / 2) % Finer == 0 && left / Finer < width)
                {
                    var row = Math.Ceiling(Math.Clamp((Math.Min(y, lastY) + 0.5) / Finer - 0.5, 0, height));
                    changes.Add(left / Finer * height + (int)row);
                }
            }
            (lastX, lastY) = (x, y);
        }

        (int X, int Y) At(int step)
        {
            var t = isBackward ? steps - step : step;
            return isWide ? (fromX + t, (int)(fromY + slope * t + 0.5)) : ((int)(fromX + slope * t + 0.5), fromY + t);
        }
    }
}
