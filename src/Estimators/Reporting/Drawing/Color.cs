namespace Fovea.Reporting;

/// <summary>A color of 8 bits a channel (sRGB).</summary>
internal readonly record struct Color(byte R, byte G, byte B)
{
    public static Color Black => new(0, 0, 0);

    public static Color White => new(255, 255, 255);

    /// <summary>Of letters on white.</summary>
    public static Color Ink => new(32, 33, 36);

    /// <summary>Of letters of less weight on white: a contrast of 5.7, above the 4.5 that WCAG asks for.</summary>
    public static Color Faded => new(95, 99, 104);

    /// <summary>Black or white, whichever is easier to read on this color.</summary>
    public Color Readable => Luminance > 0.179 ? Black : White; // where both have the same contrast

    /// <summary>Relative luminance, 0 to 1 (WCAG 2.1).</summary>
    public double Luminance
    {
        get
        {
            return 0.2126 * Linear(R) + 0.7152 * Linear(G) + 0.0722 * Linear(B);

            static double Linear(byte value) => value / 255.0 is var v && v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
        }
    }

    /// <summary>As in CSS: <c>#d55e00</c>.</summary>
    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";
}
