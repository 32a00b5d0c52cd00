using Fovea.Data;
using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea.Segmentation;

/// <summary>One pass over images and masks, so that each image is predicted once: the metrics, and the images that are to be looked at.</summary>
internal sealed class SegmentationReview
{
    private readonly SegmentationSheetOptions _options;
    private readonly MaskPairs _masks;
    private readonly MaskPair _pair;
    private readonly RawImageReader _reader;
    private readonly RawImage _raw = new();
    private readonly WholeImage _images = new();
    private readonly List<double> _imageScores = [];

    private SegmentationReview(SegmentationSheetOptions options, MaskPairs masks, MaskPair pair, DataViewSchema.Column image)
    {
        (_options, _masks, _pair) = (options, masks, pair);
        _reader = RawImageReader.Create(masks.Cursor, image);
        Colors = [.. (options.Colors ?? ColorMap.Default(masks.ClassNames.Count)).Of(masks.ClassNames)];
        (Images, Metrics) = Run();
    }

    /// <summary>Of the classes.</summary>
    public IReadOnlyList<Color?> Colors { get; }

    /// <summary>Of all rows.</summary>
    public SegmentationMetrics Metrics { get; }

    /// <summary>The worst first, or the first rows.</summary>
    public IReadOnlyList<ReviewedImage> Images { get; }

    /// <summary>Mean IoU of each row, in their order; NaN where no pixel counts.</summary>
    public IReadOnlyList<double> ImageScores => _imageScores;

    /// <exception cref="ArgumentException">A column is missing or of another type, or a class has no color.</exception>
    /// <exception cref="InvalidDataException">There are no rows, an image or mask cannot be read, sizes differ, or a pixel has no class; the message names the file.</exception>
    public static SegmentationReview Of(IDataView view, SegmentationSheetOptions options)
    {
        var image = ImageColumn.Find(view.Schema, options.ImageColumn);
        using var masks = new MaskPairs(view, options.Evaluation, image);
        using var pair = masks.NewPair();
        return new SegmentationReview(options, masks, pair, image);
    }

    /// <summary>What is known of the colors in the pictures.</summary>
    public IReadOnlyList<(string Name, Color Color)> Legend() =>
    [
        .. _masks.ClassNames.Index().Where(c => Images.Any(i => i.Shows((byte)c.Index))).Select(c => (c.Item, Colors[c.Index]!.Value)),
        ("wrong", ErrorPicture.Wrong),
        .. Images.Any(i => i.Shows(Sample.Ignored)) ? [("does not count", ErrorPicture.Ignored)] : Array.Empty<(string, Color)>(),
    ];

    /// <summary>A mask over a picture of its own size.</summary>
    public TileMask Mask(ReviewedImage image, byte[] classes) => new(classes, image.Picture.Width, image.Picture.Height, Colors, _options.MaskOpacity);

    private (IReadOnlyList<ReviewedImage>, SegmentationMetrics) Run()
    {
        var classes = _masks.ClassNames.Count;
        var total = new long[classes, classes];
        var randSum = 0.0;
        // What is to go first comes out first: the best of those kept. An image of which nothing counts is none of the worst.
        var kept = new PriorityQueue<ReviewedImage, (double, int)>();
        for (var row = 0; _masks.MoveNext(_pair); row++)
        {
            _pair.Decode();
            _pair.Count();
            var counts = _pair.TakeCounts();
            PixelCounts.Add(counts, total);
            if (_options.Evaluation.RandScore)
                randSum += PixelCounts.Rand(_pair);
            var metrics = new SegmentationMetrics(_masks.ClassNames, counts);
            _imageScores.Add(metrics.MeanIoU);
            var order = (_options.WorstFirst ? -(double.IsNaN(metrics.MeanIoU) ? double.PositiveInfinity : metrics.MeanIoU) : 0, -row);
            if (kept.Count < _options.Images)
                kept.Enqueue(Show(metrics), order);
            else if (kept.TryPeek(out _, out var first) && order.CompareTo(first) > 0)
                kept.EnqueueDequeue(Show(metrics), order);
        }
        if (_imageScores.Count == 0)
            throw new InvalidDataException("The data has no rows. Check the path or the filter it comes from.");
        var images = new List<ReviewedImage>();
        while (kept.TryDequeue(out var image, out _))
            images.Insert(0, image);
        return (images, new(_masks.ClassNames, total) { RandFScore = _options.Evaluation.RandScore ? randSum / _imageScores.Count : null });
    }

    private ReviewedImage Show(SegmentationMetrics metrics)
    {
        _reader.Read(_raw);
        var pixels = _images.Read(_raw);
        _pair.Truth.RequireSize(_pair.Name, _images.Width, _images.Height);
        var picture = new Canvas(_images.Width, _images.Height, 3, pixels).Shrunk(_options.TileSize);
        var name = _raw.Path is null && _pair.Path is { } mask ? Path.GetFileName(mask) : _raw.ShortName;
        return new(name, _images.Width, _images.Height, metrics, picture, _pair.Truth.Nearest(picture.Width, picture.Height), _pair.Predicted.Nearest(picture.Width, picture.Height));
    }
}
