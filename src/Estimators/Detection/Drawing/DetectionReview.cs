using System.Globalization;
using Fovea.Data;
using Fovea.Detection.Evaluation;
using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea.Detection.Drawing;

/// <summary>A set's figures, and its worst images with truth and prediction drawn on them. Each image is predicted once.</summary>
/// <param name="Metrics">Of all images.</param>
/// <param name="Images">All, as they came.</param>
/// <param name="Worst">The lowest F1 first.</param>
internal sealed record DetectionReview(DetectionMetrics Metrics, IReadOnlyList<JudgedImage> Images, IReadOnlyList<DrawnImage> Worst)
{
    private static readonly Color Good = ClassColors.Of(2), Bad = ClassColors.Of(5), Ignored = ClassColors.Of(-1);

    /// <summary>What the colors of boxes mean.</summary>
    public static IReadOnlyList<(string Name, Color Color)> Legend { get; } = [("found, right", Good), ("missed, wrong", Bad), ("counts neither way", Ignored)];

    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">There are no rows, a row is malformed, or an image cannot be read.</exception>
    public static DetectionReview Of(IDataView view, DetectionSheetOptions options)
    {
        var image = ImageColumn.Find(view.Schema, options.ImageColumn);
        var set = ViewDetections.Read(view, options.Evaluation);
        var judged = set.Images.Select(i => new JudgedImage(i, options.Evaluation)).ToList();
        // Of equally bad ones the one with more mistakes; then as they stand.
        var worst = judged.OrderBy(j => j.F1).ThenByDescending(j => j.Missed + j.Wrong).Take(options.Images).ToList();
        var pictures = RowPictures.Read(view, image, worst.Select(j => j.Image.Row), options.TileSize);
        return new(set.Evaluate(options.Evaluation), judged, [.. worst.Select(j => Draw(j, pictures[j.Image.Row], set.ClassNames))]);
    }

    private static DrawnImage Draw(JudgedImage judged, RowPicture picture, IReadOnlyList<string> classNames)
    {
        var (truths, predictions) = (new List<TileBox>(), new List<TileBox>());
        for (var g = 0; g < judged.IsFound.Length; g++)
        {
            var t = judged.Image.Truths[g];
            truths.Add(Box(t.X0, t.Y0, t.X1, t.Y1, t.Label, t.IsIgnored ? Ignored : judged.IsFound[g] ? Good : Bad, null));
        }
        for (var d = 0; d < judged.Predictions.Length; d++)
        {
            var p = judged.Predictions[d];
            predictions.Add(Box(p.X0, p.Y0, p.X1, p.Y1, p.Label, judged.Verdicts[d] switch { VocVerdict.Right => Good, VocVerdict.Wrong => Bad, _ => Ignored }, (float)p.Score));
        }
        var ignored = judged.Image.Truths.Length - judged.Right - judged.Missed;
        return new(picture.Name, judged,
            new SheetTile
            {
                Picture = picture.Canvas,
                Boxes = truths,
                Marker = judged.Missed + judged.Wrong > 0 ? Bad : Good,
                Caption = [picture.Name, $"{Count(judged.Right + judged.Missed, "object")}: {judged.Right} found, {judged.Missed} missed{(ignored > 0 ? $" (and {ignored} that do not count)" : "")}"],
            },
            new SheetTile
            {
                Picture = picture.Canvas,
                Boxes = predictions,
                Caption = [string.Create(CultureInfo.InvariantCulture, $"F1 {judged.F1:0.00}"), $"{Count(judged.Right + judged.Wrong, "prediction")}: {judged.Right} right, {judged.Wrong} wrong"],
            });

        TileBox Box(double x0, double y0, double x1, double y1, int label, Color color, float? score)
        {
            var (scaleX, scaleY) = ((double)picture.Canvas.Width / picture.Width, (double)picture.Canvas.Height / picture.Height);
            return new((float)(x0 * scaleX), (float)(y0 * scaleY), (float)(x1 * scaleX), (float)(y1 * scaleY), classNames[label], color, score) { Class = label };
        }

        static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
    }
}
