using System.Globalization;

namespace Fovea.Data;

/// <summary>A label file of YOLO: a line for each object, its class and its box or its outline, as fractions of the image's sides.</summary>
internal static class YoloLabels
{
    /// <summary>
    /// Fractions are written with six decimals as a rule, and center and half the size add up to an edge that may overshoot
    /// the image by three halves of the last; what overshoots by less than this stands at the edge.
    /// </summary>
    private const double Rounding = 2e-6;

    /// <param name="path">The file.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="classes">K.</param>
    /// <exception cref="InvalidDataException">A line is malformed; the message names it.</exception>
    public static List<AnnotatedObject> Read(string path, int width, int height, int classes)
    {
        var objects = new List<AnnotatedObject>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.AsSpan().IsWhiteSpace())
                continue;
            var values = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (!int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var label))
                throw Error(path, number, $"a line begins with the number of a class, but this with '{values[0]}'");
            if (label >= classes)
                throw Error(path, number, $"class {label} has no name; there are {classes}, 0 to {classes - 1}");
            var numbers = new double[values.Length - 1];
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = double.TryParse(values[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1 ? value
                    : throw Error(path, number, $"a fraction in [0, 1] is wanted, but field {i + 2} is '{values[i + 1]}'");
            objects.Add(numbers.Length switch
            {
                4 => Box(numbers, label, width, height),
                >= 6 when numbers.Length % 2 == 0 => Shape(numbers, label, width, height),
                _ => throw Error(path, number, $"a line has 5 fields (class, x and y of the center, width, height) or the class and at least 3 points of an outline, but this has {values.Length} fields{(values.Length == 6 ? "; is the last a confidence? Predictions are not labels" : "")}"),
            });
        }
        return objects;
    }

    private static AnnotatedObject Box(double[] numbers, int label, int width, int height)
    {
        var (x, y, halfWidth, halfHeight) = (numbers[0], numbers[1], numbers[2] / 2, numbers[3] / 2);
        var box = new SampleBox(Pixel(x - halfWidth, width), Pixel(y - halfHeight, height), Pixel(x + halfWidth, width), Pixel(y + halfHeight, height), label);
        return new AnnotatedObject(box) { Area = box.Area };
    }

    private static AnnotatedObject Shape(double[] numbers, int label, int width, int height)
    {
        double[] points = [.. numbers.Select((value, i) => value * (i % 2 == 0 ? width : height))];
        var (x0, y0, x1, y1) = Polygon.Bounds([points]);
        return new AnnotatedObject(new SampleBox(x0, y0, x1, y1, label))
        {
            Area = (float)Polygon.Area(points),
            Segmentation = Outline.ToJson([points]),
        };
    }

    private static float Pixel(double fraction, int side)
    {
        if (fraction is < 0 and > -Rounding)
            fraction = 0;
        else if (fraction is > 1 and < 1 + Rounding)
            fraction = 1;
        return (float)(fraction * side);
    }

    private static InvalidDataException Error(string path, int line, string problem) => new($"'{path}' (line {line}): {problem}.");
}
