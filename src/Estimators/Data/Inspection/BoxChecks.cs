using System.Globalization;

namespace Fovea.Data;

/// <summary>What can be wrong with the boxes of an image.</summary>
internal static class BoxChecks
{
    /// <summary>Coordinates over the edge by no more than this are of rounding: YOLO's files have fractions of few digits.</summary>
    private const float Tolerance = 0.5f;

    /// <param name="objects">The row's objects.</param>
    /// <param name="classNames">Their classes.</param>
    /// <param name="width">Columns of the upright image; 0 where they are not known.</param>
    /// <param name="height">Rows of the upright image; 0 where they are not known.</param>
    /// <param name="smallSide">Boxes with a shorter side are small.</param>
    /// <returns>At most one finding for each object, the gravest.</returns>
    public static IEnumerable<DatasetFinding> Run(IReadOnlyList<AnnotatedObject> objects, IReadOnlyList<string> classNames, int width, int height, double smallSide)
    {
        for (var i = 0; i < objects.Count; i++)
        {
            var box = objects[i].Box;
            var className = box.Label >= 0 && box.Label < classNames.Count ? classNames[box.Label] : null;
            var name = $"The box of object {i}{(className is null ? "" : $" '{className}'")}, {Boxes.Text(box)},";
            DatasetFinding? finding = null;
            if (!float.IsFinite(box.X0 + box.Y0 + box.X1 + box.Y1))
                finding = new(FindingKind.InvalidBox, FindingSeverity.Error, $"{name} has a coordinate that is no finite number. Correct it or remove the object.");
            else if (box.X1 <= box.X0 || box.Y1 <= box.Y0)
                finding = new(FindingKind.InvalidBox, FindingSeverity.Error, box.X1 < box.X0 || box.Y1 < box.Y0
                    ? $"{name} ends before it begins. Exchange its corners or remove the object."
                    : $"{name} has no area. Draw it again or remove the object.");
            else if (width > 0 && (box.X0 >= width || box.Y0 >= height || box.X1 <= 0 || box.Y1 <= 0))
                finding = new(FindingKind.BoxOutsideImage, FindingSeverity.Error, $"{name} lies outside the image of {width} x {height} pixels. Correct it or remove the object.");
            else if (width > 0 && (box.X0 < -Tolerance || box.Y0 < -Tolerance || box.X1 > width + Tolerance || box.Y1 > height + Tolerance))
                finding = new(FindingKind.BoxOutsideImage, FindingSeverity.Warning, $"{name} leaves the image of {width} x {height} pixels. Cut it at the edge.");
            else if (Math.Min(box.Width, box.Height) < smallSide)
                finding = new(FindingKind.SmallBox, FindingSeverity.Note, string.Create(CultureInfo.InvariantCulture, $"{name} has a side of {Math.Min(box.Width, box.Height):0.##} pixels."));
            if (finding is not null)
                yield return finding with { Object = i, ClassName = className };
        }
    }

    /// <summary>The same for the same objects in any order, within this process.</summary>
    public static ulong Fingerprint(IReadOnlyList<AnnotatedObject> objects, IReadOnlyList<string> classNames)
    {
        ulong sum = (ulong)objects.Count;
        foreach (var box in objects.Select(o => o.Box))
        {
            var name = box.Label >= 0 && box.Label < classNames.Count ? classNames[box.Label] : "";
            sum += (ulong)(uint)HashCode.Combine(box.X0, box.Y0, box.X1, box.Y1, name) * 0x9E3779B97F4A7C15;
        }
        return sum;
    }
}
