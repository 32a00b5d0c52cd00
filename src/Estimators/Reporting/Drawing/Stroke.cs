using System.Numerics;

namespace Fovea.Reporting;

/// <summary>Lines as areas.</summary>
internal static class Stroke
{
    /// <summary>Adds a line.</summary>
    /// <param name="shape">Gets it.</param>
    /// <param name="points">Its corners, in pixels.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="dashes">Lengths of dashes and gaps in turn, in pixels; empty for a whole line.</param>
    /// <param name="isRound">Whether ends and corners are round; else ends are cut and corners are notched.</param>
    public static void AddTo(Shape shape, IReadOnlyList<Vector2> points, float width, IReadOnlyList<float> dashes, bool isRound)
    {
        IEnumerable<IReadOnlyList<Vector2>> parts = dashes.Count == 0 ? [points] : Dashed(points, dashes);
        foreach (var part in parts)
        {
            for (var i = 1; i < part.Count; i++)
            {
                var along = part[i] - part[i - 1];
                if (along == Vector2.Zero)
                    continue;
                var aside = Vector2.Normalize(new(along.Y, -along.X)) * (width / 2);
                // In the direction in which disks run too: what lies in several of them is not cut out.
                shape.Add([part[i - 1] + aside, part[i] + aside, part[i] - aside, part[i - 1] - aside]);
            }
            if (isRound)
                foreach (var corner in part)
                    shape.AddDisk(corner, width / 2);
        }
    }

    private static IEnumerable<List<Vector2>> Dashed(IReadOnlyList<Vector2> points, IReadOnlyList<float> dashes)
    {
        var (place, left) = (0, dashes[0]);
        List<Vector2> dash = [points[0]];
        for (var i = 1; i < points.Count; i++)
        {
            var (from, length) = (points[i - 1], Vector2.Distance(points[i - 1], points[i]));
            var done = 0f;
            while (length - done > left)
            {
                done += left;
                dash.Add(Vector2.Lerp(from, points[i], done / length));
                if (place % 2 == 0)
                    yield return dash;
                dash = [dash[^1]];
                left = dashes[++place % dashes.Count];
            }
            left -= length - done;
            dash.Add(points[i]);
        }
        if (place % 2 == 0)
            yield return dash;
    }
}
