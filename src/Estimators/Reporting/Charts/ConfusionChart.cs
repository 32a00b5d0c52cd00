using System.Text;
using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>
/// A confusion matrix as a heat map: rows are true classes, columns predicted ones, each cell with its count and its share of the
/// row. Right is of another color than wrong, and the color as strong as the square root of the share, so that rare errors show.
/// Many cells become one picture, on which the most frequent errors tell their counts.
/// </summary>
internal sealed class ConfusionChart : IChart
{
    private const int MostLetters = 24;
    private const double LargestCell = 56;
    private const double SmallestCell = 4;
    private const double SmallestCellWithCount = 22;
    private const double SmallestCellWithRate = 36;

    /// <summary>Of more classes only the cells with a count are drawn.</summary>
    private const int MostClassesWithEmptyCells = 40;

    /// <summary>More cells than so many become a picture.</summary>
    private const int MostCells = 1600;

    /// <summary>So many errors tell their counts on a picture.</summary>
    private const int MostSpots = 300;

    private readonly double[,] _counts;
    private readonly IReadOnlyList<string> _names;
    private readonly double[] _rows;

    /// <param name="counts">(K, K): rows of true class [row] predicted as class [column]; at least 0.</param>
    /// <param name="names">Of the K classes.</param>
    public ConfusionChart(double[,] counts, IReadOnlyList<string> names)
    {
        (_counts, _names) = (counts, names);
        _rows = [.. Enumerable.Range(0, Count).Select(k => Enumerable.Range(0, Count).Sum(p => counts[k, p]))];
    }

    public string Title { get; init; } = "Counts and shares of each true class";

    public string Description
    {
        get
        {
            var (right, all) = (Enumerable.Range(0, Count).Sum(k => _counts[k, k]), _rows.Sum());
            var text = new StringBuilder($"{Title}: {Count} true classes (rows) by {Count} predicted ones (columns), {ChartNumber.Value(right)} of {ChartNumber.Value(all)} right{(all > 0 ? $" ({ChartNumber.Percent(right / all)})" : "")}.");
            var errors = Errors().Take(3).Select(c => $"{_names[c.True]} as {_names[c.Predicted]} ({ChartNumber.Value(_counts[c.True, c.Predicted])})").ToList();
            if (errors.Count > 0)
                text.Append($" Most frequent errors: {string.Join(", ", errors)}.");
            return text.ToString();
        }
    }

    private int Count => _names.Count;

    /// <summary>Counts as a chart takes them.</summary>
    public static double[,] Numbers(long[,] counts)
    {
        var numbers = new double[counts.GetLength(0), counts.GetLength(1)];
        for (var truth = 0; truth < counts.GetLength(0); truth++)
            for (var predicted = 0; predicted < counts.GetLength(1); predicted++)
                numbers[truth, predicted] = counts[truth, predicted];
        return numbers;
    }

    /// <summary>Writes a page with this figure alone, at once or not at all.</summary>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png, the counts are no square matrix of numbers from 0 up, or there are not as many names.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(double[,] counts, IReadOnlyList<string> classNames, string path, string title)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        PictureFile.Require(path);
        if (counts.GetLength(0) != counts.GetLength(1) || counts.Length == 0)
            throw new ArgumentException($"A confusion matrix has as many rows as columns, at least one; it has {counts.GetLength(0)} and {counts.GetLength(1)}.", nameof(counts));
        if (classNames.Count != counts.GetLength(0))
            throw new ArgumentException($"The matrix has {counts.GetLength(0)} classes, but {classNames.Count} names were given; give each class its name.", nameof(classNames));
        if (counts.Cast<double>().Any(n => !(n >= 0) || !double.IsFinite(n)))
            throw new ArgumentException("A count is negative or not finite.", nameof(counts));
        var chart = new ConfusionChart(counts, classNames);
        var right = Enumerable.Range(0, classNames.Count).Sum(k => counts[k, k]);
        var all = counts.Cast<double>().Sum();
        new ChartPage
        {
            Title = title,
            Subtitle = $"{ChartNumber.Value(right)} of {ChartNumber.Value(all)} right{(all > 0 ? $" ({ChartNumber.Percent(right / all)})" : "")}",
            Charts = [chart],
        }.Save(path);
    }

    public ChartDrawing Draw(double width)
    {
        var shown = _names.Select(n => SvgMarkup.Fit(n, MostLetters)).ToList();
        var longest = shown.Max(n => SvgMarkup.Width(n, 12));
        var left = 24 + longest + 6;
        var heat = Heat(width - left - 8);
        var cell = heat?.Cell ?? Math.Min(Math.Floor((width - left - 8) / Count), LargestCell);
        const double top = 30;
        var (right, bottom) = (left + cell * Count, top + cell * Count);
        var content = SvgMarkup.Element("g", null);
        content.Add(SvgMarkup.Text(Title, 0, 14, "fv-title"), SvgMarkup.Element("rect", "fv-none", ("x", left), ("y", top), ("width", cell * Count), ("height", cell * Count)));

        if (heat is not null)
            content.Add(Picture(heat, left, top), Errors().Take(MostSpots).Select(e => Spot(e.True, e.Predicted, left, top, cell)));
        else
            foreach (var (truth, predicted) in DrawnCells())
                content.Add(Cell(truth, predicted, left + predicted * cell, top + truth * cell, cell));

        // Names need a line's height each, turned ones half as much again; where cells are lower, only some have one.
        var turned = longest > cell - 4;
        foreach (var k in Named(cell, 13))
            content.Add(Name(k, left - 6, top + (k + 0.5) * cell + 4, "end", 0));
        foreach (var k in Named(cell, turned ? 19 : 13))
            content.Add(turned ? Name(k, left + (k + 0.5) * cell + 4, bottom + 12, "end", -45) : Name(k, left + (k + 0.5) * cell, bottom + 16, "middle", 0));
        var below = bottom + (turned ? longest * 0.71 + 18 : 22) + 14;
        content.Add(
            SvgMarkup.Text("predicted", (left + right) / 2, below, "fv-label", "middle"),
            SvgMarkup.Text("true", 10, (top + bottom) / 2, "fv-label", "middle", turn: -90));
        var end = DrawKey(content, left, below + 14);
        return new(content, Math.Max(right + 8, left + 330), end);

        XElement Name(int k, double x, double y, string anchor, double turn)
        {
            var text = SvgMarkup.Text(shown[k], x, y, "fv-label", anchor, turn);
            if (shown[k] != _names[k])
                text.AddFirst(SvgMarkup.Title(_names[k]));
            return text;
        }
    }

    /// <summary>The picture of the cells; null where each is drawn by itself.</summary>
    private ConfusionHeat? Heat(double width) => Count * SmallestCell <= width && DrawnCells().Take(MostCells + 1).Count() <= MostCells ? null
        : new(Count, width, (truth, predicted) => Strength(Share(truth, predicted)));

    private IEnumerable<(int True, int Predicted)> DrawnCells() =>
        from truth in Enumerable.Range(0, Count)
        from predicted in Enumerable.Range(0, Count)
        where _counts[truth, predicted] > 0 || Count <= MostClassesWithEmptyCells
        select (truth, predicted);

    /// <summary>Cells off the diagonal, the most frequent first.</summary>
    private IEnumerable<(int True, int Predicted)> Errors() =>
        from cell in DrawnCells()
        where cell.True != cell.Predicted && _counts[cell.True, cell.Predicted] > 0
        orderby _counts[cell.True, cell.Predicted] descending
        select cell;

    private static XElement Picture(ConfusionHeat heat, double x, double y)
    {
        var image = SvgMarkup.Element("image", "fv-heat", ("x", x), ("y", y), ("width", (double)heat.Side), ("height", (double)heat.Side), ("href", heat.ToDataUri()));
        image.AddAnnotation(heat);
        return image;
    }

    // Wide enough to be met by a pointer.
    private XElement Spot(int truth, int predicted, double left, double top, double cell)
    {
        var size = Math.Max(cell, 5);
        var spot = SvgMarkup.Element("rect", "fv-spot", ("x", left + (predicted + 0.5) * cell - size / 2), ("y", top + (truth + 0.5) * cell - size / 2), ("width", size), ("height", size));
        spot.Add(SvgMarkup.Title(Words(truth, predicted)));
        return spot;
    }

    private string Words(int truth, int predicted)
    {
        var of = _rows[truth] > 0 ? $" of {ChartNumber.Value(_rows[truth])} ({ChartNumber.Percent(Share(truth, predicted))})" : " of 0";
        return $"true {_names[truth]}, predicted {_names[predicted]}: {ChartNumber.Value(_counts[truth, predicted])}{of}";
    }

    /// <summary>Classes that are far enough apart to have their names.</summary>
    private IEnumerable<int> Named(double cell, double room)
    {
        var every = Math.Max(1, (int)Math.Ceiling(room / cell));
        for (var k = every / 2; k < Count; k += every)
            yield return k;
    }

    private double Share(int truth, int predicted) => _rows[truth] > 0 ? _counts[truth, predicted] / _rows[truth] : 0;

    private XElement Cell(int truth, int predicted, double x, double y, double size)
    {
        var (count, share) = (_counts[truth, predicted], Share(truth, predicted));
        var group = SvgMarkup.Element("g", null);
        group.Add(SvgMarkup.Title(Words(truth, predicted)));
        var kind = truth == predicted ? "right" : "wrong";
        var edge = size >= 12 ? 1.0 : 0;
        group.Add(SvgMarkup.Element("rect", $"fv-{kind}", ("x", x + edge / 2), ("y", y + edge / 2), ("width", size - edge), ("height", size - edge), ("fill-opacity", Strength(share))));
        if (count == 0 || size < SmallestCellWithCount)
            return group;
        // Where black letters begin to be better read than white ones: on dark ground, and on light.
        var band = Strength(share) switch { < 0.62 => 0, < 0.9 => 1, _ => 2 };
        var hasRate = size >= SmallestCellWithRate;
        group.Add(SvgMarkup.Text(ChartNumber.Short(count), x + size / 2, y + size / 2 + (hasRate ? 0 : 4), $"fv-count fv-{kind}-{band}", "middle"));
        if (hasRate)
            group.Add(SvgMarkup.Text(ChartNumber.Percent(share), x + size / 2, y + size / 2 + 12, $"fv-rate fv-{kind}-{band}", "middle"));
        return group;
    }

    private static double Strength(double share) => Math.Round(Math.Sqrt(share), 2);

    /// <returns>Where it ends.</returns>
    private static double DrawKey(XElement content, double x, double y)
    {
        content.Add(SvgMarkup.Text("share of the true class", x, y + 8, "fv-label"));
        double[] shares = [0.01, 0.1, 0.25, 0.5, 1];
        foreach (var (row, kind) in new[] { "right", "wrong" }.Index())
        {
            content.Add(SvgMarkup.Text(kind, x, y + 26 + row * 16, "fv-label"));
            foreach (var (place, share) in shares.Index())
                content.Add(SvgMarkup.Element("rect", $"fv-{kind}", ("x", x + 42 + place * 44), ("y", y + 15 + row * 16), ("width", 43.0), ("height", 14.0), ("fill-opacity", Strength(share))));
        }
        foreach (var (place, share) in shares.Index())
            content.Add(SvgMarkup.Text(ChartNumber.Percent(share), x + 42 + (place + 0.5) * 44, y + 60, "fv-label", "middle"));
        return y + 66;
    }
}
