using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Fovea.Reporting;

/// <summary>
/// Letters of one size, from the pictures that glyphs.py rendered: Latin, Greek and some signs. Any other character is shown as
/// a box; marks that would stand over the letter before are left out.
/// </summary>
internal sealed class Lettering
{
    private readonly record struct Glyph(int Advance, int Left, int Top, int Width, int Height, byte[] Coverage);

    /// <summary>As glyphs.py has them.</summary>
    private static readonly (int Size, bool IsBold)[] Sizes = [(11, false), (13, false), (18, true)];

    private static readonly Lettering[] Faces = Load();

    private readonly Dictionary<int, Glyph> _glyphs;

    private Lettering(Dictionary<int, Glyph> glyphs, int lineHeight, int ascent, (int Size, bool IsBold) face) =>
        (_glyphs, LineHeight, Ascent, Size, IsBold) = (glyphs, lineHeight, ascent, face.Size, face.IsBold);

    /// <summary>11 px, for labels within pictures.</summary>
    public static Lettering Small => Faces[0];

    /// <summary>13 px, for captions.</summary>
    public static Lettering Normal => Faces[1];

    /// <summary>18 px, bold, for titles.</summary>
    public static Lettering Title => Faces[2];

    /// <summary>Of the letters, in pixels.</summary>
    public int Size { get; }

    public bool IsBold { get; }

    /// <summary>Pixels from a line's top to the next.</summary>
    public int LineHeight { get; }

    /// <summary>Pixels from a line's top to where its letters stand.</summary>
    public int Ascent { get; }

    /// <summary>Pixels that a line of text takes.</summary>
    public int Measure(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += Advance(rune);
        return width;
    }

    /// <summary>Draws a line.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="x">Its left end.</param>
    /// <param name="y">The line's top; letters with accents begin there.</param>
    /// <param name="text">A line; breaks and tabs in it become spaces.</param>
    /// <param name="color">Of the letters.</param>
    public void Draw(Canvas canvas, int x, int y, string text, Color color)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var advance = Advance(rune);
            if (Find(rune) is { } glyph)
            {
                for (var i = 0; i < glyph.Coverage.Length; i++)
                    if (glyph.Coverage[i] != 0)
                        canvas.Blend(x + glyph.Left + i % glyph.Width, y + glyph.Top + i / glyph.Width, color, glyph.Coverage[i]);
            }
            else if (advance > 0)
                canvas.Outline(x + 1, y + Ascent - advance, x + advance - 1, y + Ascent, 1, color);
            x += advance;
        }
    }

    /// <summary>The text, or as much of its start and end as fits, with an ellipsis between: both ends of a file's name say which it is.</summary>
    public string Fit(string text, int width)
    {
        if (Measure(text) <= width)
            return text;
        var runes = text.EnumerateRunes().ToArray();
        for (var kept = runes.Length - 1; kept > 0; kept--)
        {
            var start = (kept + 1) / 2;
            var shortened = string.Concat(runes.Take(start)).TrimEnd() + "…" + string.Concat(runes.TakeLast(kept - start)).TrimStart();
            if (Measure(shortened) <= width)
                return shortened;
        }
        return Measure("…") <= width ? "…" : "";
    }

    private int Advance(Rune rune)
    {
        if (Find(rune) is { } glyph)
            return glyph.Advance;
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0 : Ascent * 3 / 4;
    }

    private Glyph? Find(Rune rune) => _glyphs.TryGetValue(Rune.IsControl(rune) ? ' ' : rune.Value, out var glyph) ? glyph : null;

    private static Lettering[] Load()
    {
        using var resource = typeof(Lettering).Assembly.GetManifestResourceStream("Fovea.Reporting.Drawing.glyphs.bin")!;
        using var zlib = new ZLibStream(resource, CompressionMode.Decompress);
        using var content = new MemoryStream();
        zlib.CopyTo(content);
        var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        var faces = new Lettering[bytes[0]];
        var at = 1;
        for (var face = 0; face < faces.Length; face++)
        {
            var count = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
            var glyphs = new Dictionary<int, Glyph>(count);
            var (lineHeight, ascent) = (bytes[at], bytes[at + 1]);
            at += 4;
            for (var i = 0; i < count; i++)
            {
                var g = bytes.Slice(at, 7);
                var (width, height) = (g[5], g[6]);
                glyphs[BinaryPrimitives.ReadUInt16LittleEndian(g)] = new Glyph(g[2], (sbyte)g[3], (sbyte)g[4], width, height, bytes.Slice(at + 7, width * height).ToArray());
                at += 7 + width * height;
            }
            faces[face] = new Lettering(glyphs, lineHeight, ascent, Sizes[face]);
        }
        return faces;
    }
}
