using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Text;

namespace Fovea.Reporting;

/// <summary>
/// Letters of any size and direction, from the outlines that outlines.py took from DejaVu Sans Condensed: Latin, Greek, Cyrillic and
/// some signs. Any other character is shown as a box.
/// </summary>
internal sealed class OutlineLettering
{
    /// <summary>Straight pieces that a quadratic curve is drawn with.</summary>
    private const int Pieces = 4;

    private readonly record struct Glyph(int Advance, (Vector2 At, bool IsOnCurve)[][] Contours);

    private static readonly OutlineLettering[] Faces = Load();

    private readonly Dictionary<int, Glyph> _glyphs;
    private readonly float _em;

    private OutlineLettering(Dictionary<int, Glyph> glyphs, float em) => (_glyphs, _em) = (glyphs, em);

    public static OutlineLettering Normal => Faces[0];

    public static OutlineLettering Bold => Faces[1];

    /// <summary>How wide a line of text is.</summary>
    /// <param name="text">A line.</param>
    /// <param name="size">Of the letters, in pixels.</param>
    public float Measure(string text, float size) => text.EnumerateRunes().Sum(r => Find(r) is { } glyph ? glyph.Advance * size / _em : Missing * size);

    /// <summary>Adds the letters of a line to a shape.</summary>
    /// <param name="shape">Gets them.</param>
    /// <param name="text">A line.</param>
    /// <param name="x">Its left end.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="size">Of the letters, in pixels before the transform.</param>
    /// <param name="transform">What is done to the places of all points.</param>
    public void AddTo(Shape shape, string text, float x, float y, float size, Matrix3x2 transform)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Find(rune) is { } glyph)
            {
                var place = Matrix3x2.CreateScale(size / _em, -size / _em) * Matrix3x2.CreateTranslation(x, y) * transform;
                foreach (var contour in glyph.Contours)
                    shape.Add(Line(contour, place));
                x += glyph.Advance * size / _em;
            }
            else
            {
                foreach (var (inset, direction) in new[] { (0.08f, 1), (0.14f, -1) })
                    Box(x + inset * size, y - inset * size, (Missing - 2 * inset) * size, direction);
                x += Missing * size;
            }
        }

        void Box(float left, float bottom, float width, int direction)
        {
            Vector2[] corners = [new(left, bottom), new(left + width, bottom), new(left + width, bottom - width), new(left, bottom - width)];
            if (direction < 0)
                Array.Reverse(corners);
            shape.Add([.. corners.Select(c => Vector2.Transform(c, transform))]);
        }
    }

    /// <summary>How wide the box of a missing character is, for letters of one pixel.</summary>
    private const float Missing = 0.7f;

    private Glyph? Find(Rune rune) => _glyphs.TryGetValue(Rune.IsControl(rune) ? ' ' : rune.Value, out var glyph) ? glyph : null;

    private static Vector2[] Line((Vector2 At, bool IsOnCurve)[] contour, Matrix3x2 place)
    {
        var line = new List<Vector2>();
        for (var i = 0; i < contour.Length; i++)
        {
            var (before, (at, isOnCurve), after) = (contour[(i + contour.Length - 1) % contour.Length], contour[i], contour[(i + 1) % contour.Length]);
            if (isOnCurve)
            {
                line.Add(Vector2.Transform(at, place));
                continue;
            }
            var from = before.IsOnCurve ? before.At : (before.At + at) / 2;
            var to = after.IsOnCurve ? after.At : (at + after.At) / 2;
            if (!before.IsOnCurve)
                line.Add(Vector2.Transform(from, place));
            // The end is the next point's, or the next curve's start.
            for (var piece = 1; piece < Pieces; piece++)
            {
                var t = (float)piece / Pieces;
                line.Add(Vector2.Transform((1 - t) * (1 - t) * from + 2 * t * (1 - t) * at + t * t * to, place));
            }
        }
        return [.. line];
    }

    private static OutlineLettering[] Load()
    {
        using var resource = typeof(OutlineLettering).Assembly.GetManifestResourceStream("Fovea.Reporting.Drawing.outlines.bin")!;
        using var zlib = new ZLibStream(resource, CompressionMode.Decompress);
        using var content = new MemoryStream();
        zlib.CopyTo(content);
        var bytes = content.ToArray();
        var at = 0;
        return [Face(), Face()];

        OutlineLettering Face()
        {
            var (em, count) = (UInt16(), UInt16());
            var glyphs = new Dictionary<int, Glyph>(count);
            for (var i = 0; i < count; i++)
            {
                var (code, advance) = (UInt16(), UInt16());
                var contours = new (Vector2, bool)[UInt16()][];
                var point = Vector2.Zero;
                for (var c = 0; c < contours.Length; c++)
                {
                    contours[c] = new (Vector2, bool)[UInt16()];
                    for (var p = 0; p < contours[c].Length; p++)
                    {
                        var isOnCurve = bytes[at++] == 1;
                        point += new Vector2((short)UInt16(), (short)UInt16());
                        contours[c][p] = (point, isOnCurve);
                    }
                }
                glyphs[code] = new(advance, contours);
            }
            return new(glyphs, em);
        }

        int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan((at += 2) - 2));
    }
}
