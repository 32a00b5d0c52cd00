namespace Fovea.Reporting;

/// <summary>Which color a class's boxes and labels are drawn in. Those of masks are <see cref="ColorMap"/>'s.</summary>
internal static class ClassColors
{
    /// <param name="index">The class; below 0 (unknown) is grey. From the 256th class on the colors repeat.</param>
    public static Color Of(int index) => index < 0 ? new Color(189, 193, 198) : DistinctColors.At(index % DistinctColors.Count);
}
