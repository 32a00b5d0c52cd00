using System.Globalization;
using System.Text.Json.Serialization;

namespace Fovea;

/// <summary>
/// What stands where a moved image leaves a gap: a color, or the image continued. Where it is a color, a mask has no class
/// there; where the image is continued, so is its mask.
/// </summary>
[JsonConverter(typeof(EdgeFillJson))]
public readonly record struct EdgeFill
{
    private enum Way : byte { Color, Edge, Reflect }

    private readonly Way _way;

    private EdgeFill(Way way, byte red = 0, byte green = 0, byte blue = 0) => (_way, Red, Green, Blue) = (way, red, green, blue);

    /// <summary>Black; the default.</summary>
    public static EdgeFill Zero => default;

    /// <summary>The grey beside letterboxed images, 114 of 255.</summary>
    public static EdgeFill Grey => Color(Data.AntialiasResize.LetterboxGrey, Data.AntialiasResize.LetterboxGrey, Data.AntialiasResize.LetterboxGrey);

    /// <summary>The nearest pixel of the image's edge.</summary>
    public static EdgeFill Edge => new(Way.Edge);

    /// <summary>The image mirrored at its edge; the pixels of the edge itself are not repeated.</summary>
    public static EdgeFill Reflect => new(Way.Reflect);

    /// <summary>A color. On grey images its luminance, 0.299 R + 0.587 G + 0.114 B.</summary>
    /// <param name="red">0 to 255.</param>
    /// <param name="green">0 to 255.</param>
    /// <param name="blue">0 to 255.</param>
    public static EdgeFill Color(byte red, byte green, byte blue) => new(Way.Color, red, green, blue);

    internal bool IsColor => _way == Way.Color;

    internal bool IsReflect => _way == Way.Reflect;

    internal byte Red { get; }

    internal byte Green { get; }

    internal byte Blue { get; }

    /// <summary>Pillow's weights and rounding.</summary>
    internal byte Luminance => (byte)((Red * 19595 + Green * 38470 + Blue * 7471 + 0x8000) >> 16);

    /// <summary>Reads what <see cref="ToString"/> writes, and <c>grey</c>; upper and lower case are the same.</summary>
    /// <param name="text"><c>zero</c>, <c>grey</c>, <c>edge</c>, <c>reflect</c> or <c>#rrggbb</c> in hexadecimal.</param>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static EdgeFill Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToLowerInvariant() switch
        {
            "zero" => Zero,
            "grey" => Grey,
            "edge" => Edge,
            "reflect" => Reflect,
            ['#', .. { Length: 6 } digits] when int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb) =>
                Color((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb),
            _ => throw new FormatException($"'{text}' is no fill; write zero, grey, edge, reflect, or a color as #rrggbb."),
        };
    }

    /// <summary><c>zero</c>, <c>edge</c>, <c>reflect</c>, or the color as <c>#rrggbb</c>.</summary>
    public override string ToString() => _way switch
    {
        Way.Edge => "edge",
        Way.Reflect => "reflect",
        _ when this == Zero => "zero",
        _ => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}"),
    };
}
