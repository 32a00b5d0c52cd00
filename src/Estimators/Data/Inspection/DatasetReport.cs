using System.Text.Json;
using Fovea.Data;
using Fovea.Storage;
using Microsoft.ML;

namespace Fovea;

/// <summary>
/// What <c>ml.Vision.Data.Inspect</c> saw and found: as numbers and records here, as text (<see cref="ToText"/>), as JSON
/// (<see cref="ToJson"/>) and as a picture of samples (<see cref="SaveContactSheet"/>).
/// </summary>
public sealed class DatasetReport
{
    private readonly IReadOnlyList<(string Name, IDataView View)> _views;
    private readonly InspectionOptions _options;

    internal DatasetReport(IReadOnlyList<(string Name, IDataView View)> views, InspectionOptions options, IReadOnlyList<SplitSummary> splits,
        IReadOnlyList<DatasetFinding> findings, IReadOnlyDictionary<(int Width, int Height), long> sizes, IReadOnlyDictionary<ImageMode, long> modes, TimeSpan duration)
    {
        (_views, _options, Splits, Findings, Duration) = (views, options, splits, findings, duration);
        ImageSizes = [.. sizes.Select(s => new ImageSizeCount(s.Key.Width, s.Key.Height, s.Value)).OrderByDescending(s => s.Count).ThenBy(s => s.Width).ThenBy(s => s.Height)];
        ImageModes = [.. modes.Select(m => new ImageModeCount(m.Key, m.Value)).OrderByDescending(m => m.Count).ThenBy(m => m.Mode)];
        Labels = ClassDistribution.Sum(splits.Select(s => s.Labels));
        Objects = ClassDistribution.Sum(splits.Select(s => s.Objects));
        Masks = ClassDistribution.Sum(splits.Select(s => s.Masks));
        Width = Spread(s => s.Width);
        Height = Spread(s => s.Height);
    }

    /// <summary>Rows of all views.</summary>
    public long Rows => Splits.Sum(s => s.Rows);

    /// <summary>Rows whose image could not be read.</summary>
    public long Unreadable => Splits.Sum(s => s.Unreadable);

    /// <summary>The views, in the order in which they were given; one where a single view was inspected.</summary>
    public IReadOnlyList<SplitSummary> Splits { get; }

    /// <summary>Everything found: the gravest first, then by kind, view and row.</summary>
    public IReadOnlyList<DatasetFinding> Findings { get; }

    /// <summary>Whether nothing was found that stops training or makes it learn or measure something wrong.</summary>
    public bool IsUsable => Findings.All(f => f.Severity != FindingSeverity.Error);

    /// <summary>The classes of the labels; null where no view has labels.</summary>
    public ClassDistribution? Labels { get; }

    /// <summary>The classes of the boxes; null where no view has boxes.</summary>
    public ClassDistribution? Objects { get; }

    /// <summary>The classes of the masks' pixels; null where no view has masks.</summary>
    public ClassDistribution? Masks { get; }

    /// <summary>The sizes of the readable images, upright; the most frequent first.</summary>
    public IReadOnlyList<ImageSizeCount> ImageSizes { get; }

    /// <summary>The modes of the readable images; the most frequent first.</summary>
    public IReadOnlyList<ImageModeCount> ImageModes { get; }

    /// <summary>The spread of the images' columns, in pixels; null where none could be read.</summary>
    public SizeSpread? Width { get; }

    /// <summary>The spread of the images' rows, in pixels; null where none could be read.</summary>
    public SizeSpread? Height { get; }

    /// <summary>How long the inspection took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The findings of one kind.</summary>
    public IEnumerable<DatasetFinding> Of(FindingKind kind) => Findings.Where(f => f.Kind == kind);

    /// <summary>How many findings are of a severity.</summary>
    public int Count(FindingSeverity severity) => Findings.Count(f => f.Severity == severity);

    /// <summary>The report to read: what must be acted on, then the tables.</summary>
    /// <param name="findingsPerKind">How many findings of each kind are shown, 0 or more; the text says how many more there are.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="findingsPerKind"/> is negative.</exception>
    public string ToText(int findingsPerKind = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(findingsPerKind);
        return new ReportText(this, findingsPerKind).ToString();
    }

    /// <inheritdoc cref="ToText"/>
    public override string ToString() => ToText();

    /// <summary>The report for machines: every number and every finding, in camel case; an infinite imbalance as <c>"Infinity"</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(new { Rows, Unreadable, IsUsable, Labels, Objects, Masks, ImageSizes, ImageModes, Width, Height, Splits, Findings, DurationSeconds = Duration.TotalSeconds }, ModelJson.Options);

    /// <summary>
    /// Writes a picture of samples of every view with their labels, boxes and masks. The images are read again.
    /// </summary>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all. A PNG has Latin and Greek letters and a box for any other; an SVG has all that the viewer's fonts have.</param>
    /// <param name="options">How many, how large; its columns are those of the inspection, whatever it says. Null for 20 images.</param>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png, or an option is out of range.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveContactSheet(string path, ContactSheetOptions? options = null) => SampleSheet.Save(_views, path, (options ?? new()) with
    {
        ImageColumn = _options.ImageColumn,
        LabelColumn = _options.LabelColumn,
        MaskColumn = _options.MaskColumn,
        BoxColumn = _options.BoxColumn,
        BoxLabelColumn = _options.BoxLabelColumn,
    });

    private SizeSpread? Spread(Func<ImageSizeCount, int> side)
    {
        if (ImageSizes.Count == 0)
            return null;
        var ordered = ImageSizes.OrderBy(side).ToList();
        var middle = (ordered.Sum(s => s.Count) - 1) / 2;
        return new(side(ordered[0]), side(ordered.First(s => (middle -= s.Count) < 0)), side(ordered[^1]));
    }
}
