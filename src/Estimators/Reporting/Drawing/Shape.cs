using System.Numerics;

namespace Fovea.Reporting;

/// <summary>An area within closed lines, drawn with smooth edges. Lines that run round a place in both directions cut it out.</summary>
internal sealed class Shape
{
    /// <summary>Lines of pixels are sampled at so many heights; across, their covered part is exact.</summary>
    private const int Heights = 8;

    private readonly List<(Vector2 Top, Vector2 Bottom, int Winding)> _edges = [];

    /// <summary>Adds a closed line.</summary>
    /// <param name="points">In pixels, x to the right and y down; the last is joined to the first.</param>
    public void Add(ReadOnlySpan<Vector2> points)
    {
        for (var i = 0; i < points.Length; i++)
        {
            var (from, to) = (points[i], points[(i + 1) % points.Length]);
            if (from.Y < to.Y)
                _edges.Add((from, to, 1));
            else if (from.Y > to.Y)
                _edges.Add((to, from, -1));
        }
    }

    /// <summary>Adds a rectangle.</summary>
    public void AddRectangle(float x, float y, float width, float height, Matrix3x2 transform) => Add(
    [
        Vector2.Transform(new(x, y), transform), Vector2.Transform(new(x + width, y), transform),
        Vector2.Transform(new(x + width, y + height), transform), Vector2.Transform(new(x, y + height), transform),
    ]);

    /// <summary>Adds a disk.</summary>
    public void AddDisk(Vector2 center, float radius)
    {
        // So many corners that no side is more than 0.03 pixels off.
        var corners = Math.Max(8, (int)Math.Ceiling(Math.PI / Math.Acos(1 - Math.Min(0.03 / Math.Max(radius, 0.1), 0.9))));
        Span<Vector2> points = corners <= 256 ? stackalloc Vector2[corners] : new Vector2[corners];
        for (var i = 0; i < corners; i++)
            points[i] = center + radius * new Vector2(MathF.Cos(2 * MathF.PI * i / corners), MathF.Sin(2 * MathF.PI * i / corners));
        Add(points);
    }

    /// <summary>Draws it.</summary>
    /// <param name="canvas">Where; what lies outside is cut off.</param>
    /// <param name="color">Of the area.</param>
    /// <param name="opacity">0 to 1.</param>
    public void Fill(Canvas canvas, Color color, double opacity = 1)
    {
        if (_edges.Count == 0)
            return;
        _edges.Sort((a, b) => a.Top.Y.CompareTo(b.Top.Y));
        var left = Math.Clamp((int)_edges.Min(e => Math.Min(e.Top.X, e.Bottom.X)), 0, canvas.Width);
        var right = Math.Clamp((int)Math.Ceiling(_edges.Max(e => Math.Max(e.Top.X, e.Bottom.X))), left, canvas.Width);
        var covered = new float[right - left];
        var crossings = new List<(float X, int Winding)>();
        var active = new List<(Vector2 Top, Vector2 Bottom, int Winding)>();
        var next = 0;
        for (var row = Math.Max(0, (int)_edges[0].Top.Y); row < canvas.Height && (next < _edges.Count || active.Count > 0); row++)
        {
            while (next < _edges.Count && _edges[next].Top.Y < row + 1)
                active.Add(_edges[next++]);
            active.RemoveAll(e => e.Bottom.Y <= row);
            if (active.Count == 0)
                continue;
            Array.Clear(covered);
            for (var sample = 0; sample < Heights; sample++)
            {
                var y = row + (sample + 0.5f) / Heights;
                crossings.Clear();
                foreach (var (top, bottom, winding) in active)
                    if (top.Y <= y && y < bottom.Y)
                        crossings.Add((top.X + (y - top.Y) / (bottom.Y - top.Y) * (bottom.X - top.X), winding));
                crossings.Sort((a, b) => a.X.CompareTo(b.X));
                var turns = 0;
                for (var i = 0; i + 1 < crossings.Count; i++)
                {
                    turns += crossings[i].Winding;
                    if (turns != 0)
                        Cover(covered, crossings[i].X - left, crossings[i + 1].X - left);
                }
            }
            for (var x = 0; x < covered.Length; x++)
                if (covered[x] > 0)
                    canvas.Blend(left + x, row, color, (int)Math.Round(Math.Min(1, covered[x] / Heights) * opacity * 255));
        }
    }

    private static void Cover(float[] covered, float from, float to)
    {
        (from, to) = (Math.Max(0, from), Math.Min(covered.Length, to));
        for (var x = (int)from; x < to; x++)
            covered[x] += Math.Min(to, x + 1) - Math.Max(from, x);
    }
}
