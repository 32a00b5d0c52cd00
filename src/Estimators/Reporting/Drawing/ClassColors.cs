namespace Fovea.Reporting;

/// <summary>Which color a class is drawn in.</summary>
internal static class ClassColors
{
    /// <summary>
    /// For outlines and labels: the colors of Okabe and Ito (2008, https://jfly.uni-koeln.de/color/), which people with any
    /// kind of color vision tell apart. From the eighth class on they repeat.
    /// </summary>
    private static readonly Color[] Distinct =
    [
        new(230, 159, 0), new(86, 180, 233), new(0, 158, 115), new(240, 228, 66), new(0, 114, 178), new(213, 94, 0), new(204, 121, 167),
    ];

    /// <summary>The color of a class's boxes and labels.</summary>
    /// <param name="index">The class; below 0 (unknown) is grey.</param>
    public static Color Of(int index) => index < 0 ? new Color(189, 193, 198) : Distinct[index % Distinct.Length];

    /// <summary>
    /// The color of a class in a mask by Pascal VOC's color map: bit k of red is bit 3 · (7 - k) of the index, green and blue
    /// are one and two bits further. 0 is black, the background.
    /// </summary>
    /// <param name="index">0 to 255.</param>
    public static Color Voc(int index)
    {
        int r = 0, g = 0, b = 0;
        for (var bit = 7; bit >= 0; bit--, index >>= 3)
        {
            r |= (index & 1) << bit;
            g |= (index >> 1 & 1) << bit;
            b |= (index >> 2 & 1) << bit;
        }
        return new Color((byte)r, (byte)g, (byte)b);
    }
}
