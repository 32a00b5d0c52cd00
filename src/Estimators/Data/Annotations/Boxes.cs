using System.Globalization;

namespace Fovea.Data;

/// <summary>What a box must be: finite, and not inside out. One without area is one; it is for the doctor to report.</summary>
internal static class Boxes
{
    /// <summary>What is wrong with it, as the end of a sentence; null where nothing is.</summary>
    public static string? Problem(SampleBox box)
    {
        if (!float.IsFinite(box.X0) || !float.IsFinite(box.Y0) || !float.IsFinite(box.X1) || !float.IsFinite(box.Y1))
            return $"must have four finite numbers, but has {Text(box)}";
        return box.X0 <= box.X1 && box.Y0 <= box.Y1 ? null : $"ends before it begins: {Text(box)} (x0 <= x1 and y0 <= y1 are wanted)";
    }

    /// <summary>"(x0, y0, x1, y1)".</summary>
    public static string Text(SampleBox box) =>
        string.Create(CultureInfo.InvariantCulture, $"({box.X0}, {box.Y0}, {box.X1}, {box.Y1})");
}
