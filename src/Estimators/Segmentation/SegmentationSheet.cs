using System.Globalization;
using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea.Segmentation;

/// <summary>Images with their true masks, their predicted ones, and where the two differ.</summary>
internal static class SegmentationSheet
{
    /// <returns>The sheet, and the metrics of all rows.</returns>
    /// <exception cref="ArgumentException">A column is missing or of another type, or a class has no color.</exception>
    /// <exception cref="InvalidDataException">There are no rows, an image or mask cannot be read, sizes differ, or a pixel has no class; the message names the file.</exception>
    public static (ContactSheet Sheet, SegmentationMetrics Metrics) Make(IDataView view, SegmentationSheetOptions options)
    {
        var review = SegmentationReview.Of(view, options);
        var (shown, rows, metrics) = (review.Images.Count, review.ImageScores.Count, review.Metrics);
        var which = shown == rows ? rows == 1 ? "1 image" : $"{rows} images" + (options.WorstFirst ? ", the worst first" : "")
            : options.WorstFirst ? $"the {shown} worst of {rows} images" : $"the first {shown} of {rows} images";
        var sheet = new ContactSheet
        {
            Title = options.Title,
            Subtitle = Text($"{which}; over all: pixel accuracy {metrics.PixelAccuracy:0.000}, mean IoU {metrics.MeanIoU:0.000}"),
            Columns = 4,
            TileSize = options.TileSize,
            Tiles = [.. review.Images.SelectMany(i => Tiles(review, i))],
            Legend = review.Legend(),
        };
        return (sheet, metrics);
    }

    private static IEnumerable<SheetTile> Tiles(SegmentationReview review, ReviewedImage image)
    {
        var (metrics, picture) = (image.Metrics, image.Picture);
        var lowest = Enumerable.Range(0, metrics.ClassNames.Count).Where(c => metrics.Recall[c] >= 0).OrderBy(c => metrics.IoU[c]).Select(c => (int?)c).FirstOrDefault();
        return
        [
            new() { Picture = picture, Caption = [image.Name, $"{image.Width} x {image.Height}"] },
            new() { Picture = picture, Mask = review.Mask(image, image.Truth), Caption = ["truth"] },
            new() { Picture = picture, Mask = review.Mask(image, image.Predicted), Caption = ["prediction", lowest is { } k ? Text($"lowest IoU: {metrics.ClassNames[k]} {metrics.IoU[k]:0.000}") : "no pixel counts"] },
            new() { Picture = ErrorPicture.Of(picture, image.Truth, image.Predicted), Caption = [Text($"errors: mean IoU {metrics.MeanIoU:0.000}"), Text($"pixel accuracy {metrics.PixelAccuracy:0.000}")] },
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
