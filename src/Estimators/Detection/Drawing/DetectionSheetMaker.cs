using System.Globalization;
using Fovea.Data;
using Fovea.Detection.Evaluation;
using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea.Detection.Drawing;

/// <summary>A contact sheet of truth and prediction, the worst images first.</summary>
internal static class DetectionSheetMaker
{
    /// <summary>The width a sheet tends to where the number of columns is left open, as the contact sheet's own.</summary>
    private const int UsualWidth = 1400, Gap = 10;

    private static readonly Color Good = ClassColors.Of(2), Bad = ClassColors.Of(5), Ignored = ClassColors.Of(-1);

    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">There are no rows, a row is malformed, or an image cannot be read.</exception>
    public static (ContactSheet Sheet, DetectionMetrics Metrics) Make(IDataView view, DetectionSheetOptions options)
    {
        var image = ImageColumn.Find(view.Schema, options.ImageColumn);
        var set = ViewDetections.Read(view, options.Evaluation);
        var judged = set.Images.Select(i => new JudgedImage(i, options.Evaluation)).ToList();
        // Of equally bad ones the one with more mistakes; then as they stand.
        var worst = judged.OrderBy(j => j.F1).ThenByDescending(j => j.Missed + j.Wrong).Take(options.Images).ToList();
        var tiles = Tiles(view, image, worst, set.ClassNames, options.TileSize);
        var (right, wrong, missed) = (judged.Sum(j => j.Right), judged.Sum(j => j.Wrong), judged.Sum(j => j.Missed));
        var pairs = options.Columns > 0 ? options.Columns : Math.Clamp(UsualWidth / (2 * (options.TileSize + Gap)), 1, worst.Count);
        var sheet = new ContactSheet
        {
            Title = options.Title ?? $"Truth and prediction, {(worst.Count < judged.Count ? $"the {worst.Count} worst of {judged.Count} images" : $"{judged.Count} images, the worst first")}",
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"All images: {right + missed} objects, {right} found, {missed} missed; {(wrong == 1 ? "1 prediction is" : $"{wrong} predictions are")} wrong (score from {options.Evaluation.Score}, IoU from {options.Evaluation.IoU}). In each pair the truth is left, the prediction right."),
            Columns = 2 * pairs,
            TileSize = options.TileSize,
            Tiles = [.. worst.SelectMany(j => tiles[j.Image.Row])],
            Legend = [("found, right", Good), ("missed, wrong", Bad), ("counts neither way", Ignored)],
        };
        return (sheet, set.Evaluate(options.Evaluation));
    }

    private static Dictionary<long, SheetTile[]> Tiles(IDataView view, DataViewSchema.Column column, IReadOnlyList<JudgedImage> wanted, IReadOnlyList<string> classNames, int size)
    {
        var left = wanted.ToDictionary(j => j.Image.Row);
        var tiles = new Dictionary<long, SheetTile[]>();
        using var cursor = view.GetRowCursor([column]);
        var reader = RawImageReader.Create(cursor, column);
        var (raw, whole) = (new RawImage(), new WholeImage());
        while (left.Count > 0 && cursor.MoveNext())
        {
            if (!left.Remove(cursor.Position, out var judged))
                continue;
            reader.Read(raw);
            var name = raw.Path is { } path ? Path.GetFileName(path) : $"row {cursor.Position}";
            var pixels = whole.Read(raw);
            var picture = new Canvas(whole.Width, whole.Height, 3, pixels);
            // As small as it is shown, so that a sheet does not hold whole photographs.
            var (width, height) = TilePainter.Size(picture, size);
            var shown = new Canvas(width, height);
            shown.Draw(picture, 0, 0, width, height);
            tiles[cursor.Position] = Pair(judged, shown, (double)width / whole.Width, (double)height / whole.Height, name, classNames);
        }
        return left.Count == 0 ? tiles : throw new InvalidOperationException("The data view gave fewer rows the second time it was read. A view must give the same rows each time.");
    }

    private static SheetTile[] Pair(JudgedImage judged, Canvas picture, double scaleX, double scaleY, string name, IReadOnlyList<string> classNames)
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
        var marker = judged.Missed + judged.Wrong > 0 ? Bad : Good;
        var ignored = judged.Image.Truths.Length - judged.Right - judged.Missed;
        return
        [
            new SheetTile { Picture = picture, Boxes = truths, Marker = marker, Caption = [name, $"{Count(judged.Right + judged.Missed, "object")}: {judged.Right} found, {judged.Missed} missed{(ignored > 0 ? $" (and {ignored} that do not count)" : "")}"] },
            new SheetTile { Picture = picture, Boxes = predictions, Caption = [string.Create(CultureInfo.InvariantCulture, $"F1 {judged.F1:0.00}"), $"{Count(judged.Right + judged.Wrong, "prediction")}: {judged.Right} right, {judged.Wrong} wrong"] },
        ];

        TileBox Box(double x0, double y0, double x1, double y1, int label, Color color, float? score) =>
            new((float)(x0 * scaleX), (float)(y0 * scaleY), (float)(x1 * scaleX), (float)(y1 * scaleY), classNames[label], color, score) { Class = label };

        static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
    }
}
