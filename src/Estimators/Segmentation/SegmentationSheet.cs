using System.Globalization;
using Fovea.Data;
using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea.Segmentation;

/// <summary>Images with their true masks, their predicted ones, and where the two differ. One pass over the data, so that each image is predicted once.</summary>
internal sealed class SegmentationSheet
{
    private readonly SegmentationSheetOptions _options;
    private readonly MaskPairs _pairs;
    private readonly RawImageReader _reader;
    private readonly RawImage _raw = new();
    private readonly WholeImage _images = new();
    private readonly Color?[] _colors;

    private SegmentationSheet(SegmentationSheetOptions options, MaskPairs pairs, DataViewSchema.Column image)
    {
        (_options, _pairs) = (options, pairs);
        _reader = RawImageReader.Create(pairs.Cursor, image);
        _colors = [.. (options.Colors ?? ColorMap.Default(pairs.ClassNames.Count)).Of(pairs.ClassNames)];
    }

    /// <summary>The pictures of an image, small as they are shown, and the classes to name below the sheet.</summary>
    private sealed record Entry(double MeanIoU, long Row, SheetTile[] Tiles, bool[] Shown, bool HasIgnored);

    /// <returns>The sheet, and the metrics of all rows.</returns>
    /// <exception cref="ArgumentException">A column is missing or of another type, or a class has no color.</exception>
    /// <exception cref="InvalidDataException">There are no rows, an image or mask cannot be read, sizes differ, or a pixel has no class; the message names the file.</exception>
    public static (ContactSheet Sheet, SegmentationMetrics Metrics) Make(IDataView view, SegmentationSheetOptions options)
    {
        var image = ImageColumn.Find(view.Schema, options.ImageColumn);
        using var pairs = new MaskPairs(view, options.Evaluation, image);
        return new SegmentationSheet(options, pairs, image).Make();
    }

    private (ContactSheet, SegmentationMetrics) Make()
    {
        var classes = _pairs.ClassNames.Count;
        var total = new long[classes, classes];
        var (rows, randSum) = (0, 0.0);
        // What is to go first comes out first: the best of those kept. An image of which nothing counts is none of the worst.
        var kept = new PriorityQueue<Entry, (double, int)>();
        while (_pairs.MoveNext())
        {
            var counts = new long[classes, classes];
            _pairs.AddTo(counts);
            _pairs.AddTo(total);
            if (_options.Evaluation.RandScore)
                randSum += PixelCounts.Rand(_pairs);
            var metrics = new SegmentationMetrics(_pairs.ClassNames, counts);
            var order = (_options.WorstFirst ? -(double.IsNaN(metrics.MeanIoU) ? double.PositiveInfinity : metrics.MeanIoU) : 0, -rows);
            if (kept.Count < _options.Images)
                kept.Enqueue(Show(metrics, rows), order);
            else if (kept.TryPeek(out _, out var first) && order.CompareTo(first) > 0)
                kept.EnqueueDequeue(Show(metrics, rows), order);
            rows++;
        }
        if (rows == 0)
            throw new InvalidDataException("The data has no rows. Check the path or the filter it comes from.");
        var all = new SegmentationMetrics(_pairs.ClassNames, total) { RandFScore = _options.Evaluation.RandScore ? randSum / rows : null };
        var entries = new List<Entry>();
        while (kept.TryDequeue(out var entry, out _))
            entries.Insert(0, entry);
        return (Sheet(entries, rows, all), all);
    }

    private ContactSheet Sheet(List<Entry> entries, int rows, SegmentationMetrics metrics)
    {
        var which = entries.Count == rows ? rows == 1 ? "1 image" : $"{rows} images" + (_options.WorstFirst ? ", the worst first" : "")
            : (_options.WorstFirst ? $"the {entries.Count} worst of {rows} images" : $"the first {entries.Count} of {rows} images");
        var legend = _pairs.ClassNames.Index().Where(c => entries.Any(e => e.Shown[c.Index])).Select(c => (c.Item, _colors[c.Index]!.Value)).ToList();
        legend.Add(("wrong", ErrorPicture.Wrong));
        if (entries.Any(e => e.HasIgnored))
            legend.Add(("does not count", ErrorPicture.Ignored));
        return new ContactSheet
        {
            Title = _options.Title,
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"{which}; over all: pixel accuracy {metrics.PixelAccuracy:0.000}, mean IoU {metrics.MeanIoU:0.000}"),
            Columns = 4,
            TileSize = _options.TileSize,
            Tiles = [.. entries.SelectMany(e => e.Tiles)],
            Legend = legend,
        };
    }

    private Entry Show(SegmentationMetrics metrics, int row)
    {
        _reader.Read(_raw);
        var pixels = _images.Read(_raw);
        _pairs.Truth.RequireSize(_pairs.Name, _images.Width, _images.Height);
        var picture = new Canvas(_images.Width, _images.Height, 3, pixels).Shrunk(_options.TileSize);
        var (truth, predicted) = (_pairs.Truth.Nearest(picture.Width, picture.Height), _pairs.Predicted.Nearest(picture.Width, picture.Height));
        var shown = new bool[256];
        foreach (var value in truth.Concat(predicted))
            shown[value] = true;
        var lowest = Enumerable.Range(0, _pairs.ClassNames.Count).Where(c => metrics.Recall[c] >= 0).OrderBy(c => metrics.IoU[c]).Select(c => (int?)c).FirstOrDefault();
        SheetTile[] tiles =
        [
            new() { Picture = picture, Caption = [(_raw.Path ?? _pairs.Path) is { } path ? Path.GetFileName(path) : $"row {row}", $"{_images.Width} x {_images.Height}"] },
            new() { Picture = picture, Mask = Mask(truth), Caption = ["truth"] },
            new() { Picture = picture, Mask = Mask(predicted), Caption = ["prediction", lowest is { } k ? Text($"lowest IoU: {_pairs.ClassNames[k]} {metrics.IoU[k]:0.000}") : "no pixel counts"] },
            new() { Picture = ErrorPicture.Of(picture, truth, predicted), Caption = [Text($"errors: mean IoU {metrics.MeanIoU:0.000}"), Text($"pixel accuracy {metrics.PixelAccuracy:0.000}")] },
        ];
        return new Entry(metrics.MeanIoU, row, tiles, shown, shown[Sample.Ignored]);

        TileMask Mask(byte[] classes) => new(classes, picture.Width, picture.Height, _colors, _options.MaskOpacity);
        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
