using System.Globalization;
using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea.Detection.Drawing;

/// <summary>A contact sheet of truth and prediction, the worst images first.</summary>
internal static class DetectionSheetMaker
{
    /// <summary>The width a sheet tends to where the number of columns is left open, as the contact sheet's own.</summary>
    private const int UsualWidth = 1400, Gap = 10;

    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">There are no rows, a row is malformed, or an image cannot be read.</exception>
    public static (ContactSheet Sheet, DetectionMetrics Metrics) Make(IDataView view, DetectionSheetOptions options)
    {
        var review = DetectionReview.Of(view, options);
        var (right, wrong, missed) = (review.Images.Sum(j => j.Right), review.Images.Sum(j => j.Wrong), review.Images.Sum(j => j.Missed));
        var pairs = options.Columns > 0 ? options.Columns : Math.Clamp(UsualWidth / (2 * (options.TileSize + Gap)), 1, review.Worst.Count);
        var sheet = new ContactSheet
        {
            Title = options.Title ?? $"Truth and prediction, {(review.Worst.Count < review.Images.Count ? $"the {review.Worst.Count} worst of {review.Images.Count} images" : $"{review.Images.Count} images, the worst first")}",
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"All images: {right + missed} objects, {right} found, {missed} missed; {(wrong == 1 ? "1 prediction is" : $"{wrong} predictions are")} wrong (score from {options.Evaluation.Score}, IoU from {options.Evaluation.IoU}). In each pair the truth is left, the prediction right."),
            Columns = 2 * pairs,
            TileSize = options.TileSize,
            Tiles = [.. review.Worst.SelectMany(i => (SheetTile[])[i.Truth, i.Prediction])],
            Legend = DetectionReview.Legend,
        };
        return (sheet, review.Metrics);
    }
}
