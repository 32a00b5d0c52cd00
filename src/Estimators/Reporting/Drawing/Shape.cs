using System.Numerics;

namespace Fovea.Reporting;

/// <summary>An area within closed lines, drawn with smooth edges. Lines that run round a place in both directions cut it out.</summary>
internal sealed class Shape
{
    /// <summary>Lines of pixels are sampled at so many heights; across, their covered part is exact.</summary>
    private const int Heights = 8;

    /// <summary>A side from its upper end down.</summary>
    /// <param name="X">Of its upper end.</param>
    /// <param name="Top">Where it begins.</param>
    /// <param name="Bottom">Where it ends.</param>
    /// <param name="Slope">How far x goes for one pixel down.</param>
    /// <param name="Winding">1 where the line goes down, -1 where it goes up.</param>
    private readonly record struct Edge(float X, float Top, float Bottom, float Slope, int Winding);

    private readonly List<Edge> _edges = [];
    private float _left = float.MaxValue, _right = float.MinValue;

    /// <summary>Adds a closed line.</summary>
    /// <param name="points">In pixels, x to the right and y down; the last is joined to the first.</param>
    public void Add(ReadOnlySpan<Vector2> points)
    {
        for (var i = 0; i < points.Length; i++)
        {
            var (from, to) = (points[i], points[(i + 1) % points.Length]);
            var slope = (to.X - from.X) / (to.Y - from.Y);
            if (from.Y < to.Y)
                _edges.Add(new(from.X, from.Y, to.Y, slope, 1));
            else if (from.Y > to.Y)
                _edges.Add(new(to.X, to.Y, from.Y, slope, -1));
            (_left, _right) = (Math.Min(_left, from.X), Math.Max(_right, from.X));
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
        _edges.Sort((a, b) => a.Top.CompareTo(b.Top));
        var left = Math.Clamp((int)_left, 0, canvas.Width);
        var steps = new float[Math.Clamp((int)Math.Ceiling(_right), left, canvas.Width) - left + 1];
        var active = new List<Edge>();
        var (places, windings) = (new float[16], new int[16]);
        var next = 0;
        for (var row = Math.Max(0, (int)_edges[0].Top); row < canvas.Height && (next < _edges.Count || active.Count > 0); row++)
        {
            while (next < _edges.Count && _edges[next].Top < row + 1)
                active.Add(_edges[next++]);
            active.RemoveAll(e => e.Bottom <= row);
            if (active.Count == 0)
                continue;
            if (active.Count > places.Length)
                (places, windings) = (new float[2 * active.Count], new int[2 * active.Count]);
            Array.Clear(steps);
            for (var sample = 0; sample < Heights; sample++)
            {
                var y = row + (sample + 0.5f) / Heights;
                var crossings = 0;
                foreach (var edge in active)
                    if (edge.Top <= y && y < edge.Bottom)
                        (places[crossings], windings[crossings++]) = (edge.X + (y - edge.Top) * edge.Slope - left, edge.Winding);
                Array.Sort(places, windings, 0, crossings);
                var turns = 0;
                for (var i = 0; i + 1 < crossings; i++)
                {
                    turns += windings[i];
                    if (turns != 0)
                        Cover(steps, places[i], places[i + 1]);
                }
            }
            var covered = 0f;
            for (var x = 0; x < steps.Length - 1; x++)
            {
                covered += steps[x];
                if ((int)Math.Round(Math.Min(1, covered / Heights) * opacity * 255) is > 0 and var coverage)
                    canvas.Blend(left + x, row, color, coverage);
            }
        }
    }

    /// <summary>Covers a stretch of pixels, by what each has more than the one before: a long stretch costs as much as a short one.</summary>
    private static void Cover(float[] steps, float from, float to)
    {
        var last = steps.Length - 1;
        Begin(Math.Clamp(from, 0, last), 1);
        Begin(Math.Clamp(to, 0, last), -1);

        void Begin(float x, float sign)
        {
            var pixel = (int)x;
            // What is left of a pixel in its own column, the rest from the next one on.
            steps[pixel] += sign * (pixel + 1 - x);
            if (pixel < last)
                steps[pixel + 1] += sign * (x - pixel);
        }
    }
}
