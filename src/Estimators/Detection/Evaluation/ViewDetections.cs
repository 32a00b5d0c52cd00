using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Detection.Evaluation;

/// <summary>Reads truth and prediction from a view.</summary>
internal static class ViewDetections
{
    /// <exception cref="ArgumentException">A column is missing or of another type, or nothing names the classes.</exception>
    /// <exception cref="InvalidDataException">There are no rows, counts disagree, a box is none, a label is missing or unknown, a score is no number.</exception>
    public static DetectionSet Read(IDataView view, DetectionEvaluation options)
    {
        var truth = BoxColumns.Find(view.Schema, options.BoundingBoxColumn, options.LabelColumn);
        var found = BoxColumns.Find(view.Schema, options.PredictedBoundingBoxColumn, options.PredictedLabelColumn);
        var classes = truth.ClassNames ?? found.ClassNames
            ?? throw new ArgumentException($"Neither '{options.LabelColumn}' nor '{options.PredictedLabelColumn}' names the classes: both are text. Map one of them to a key.");
        var score = view.Schema.GetColumnOrNull(options.ScoreColumn)
            ?? throw new ArgumentException($"There is no score column '{options.ScoreColumn}'. The columns are {ImageColumn.Names(view.Schema)}.");
        if (score.Type is not VectorDataViewType { ItemType: var item } || item != NumberDataViewType.Single)
            throw new ArgumentException($"The column '{options.ScoreColumn}' is of type {score.Type}; it must be a vector of Single, one for each prediction.");

        string[] optional = [BoxColumns.IsCrowd, BoxColumns.IsDifficult, BoxColumns.Areas, BoxColumns.ImageId];
        var image = view.Schema.GetColumnOrNull(BoxColumns.Image) is { Type: TextDataViewType } column ? column : (DataViewSchema.Column?)null;
        using var cursor = view.GetRowCursor([truth.Boxes, truth.Classes, found.Boxes, found.Classes, score, .. optional.Select(n => truth[n]).Append(image).OfType<DataViewSchema.Column>()]);
        var truthReader = new BoxReader(cursor, truth, classes);
        var imageId = truth[BoxColumns.ImageId] is { } id ? cursor.GetGetter<long>(id) : null;
        var path = imageId is null && image is { } text ? cursor.GetGetter<ReadOnlyMemory<char>>(text) : null;
        ReadOnlyMemory<char> name = default;
        var corners = BoxReader.Values<float>(cursor, found.Boxes);
        var labels = new BoxLabelReader(cursor, found, classes, isLenient: false).Read;
        var scores = BoxReader.Values<float>(cursor, score);

        var set = new DetectionSet(classes);
        var objects = new List<AnnotatedObject>();
        while (cursor.MoveNext())
        {
            options.Cancellation.ThrowIfCancellationRequested();
            truthReader.Read(objects);
            var number = 0L;
            imageId?.Invoke(ref number);
            path?.Invoke(ref name);
            set.Add(new EvaluatedImage(number, objects.Select(Truth), Predictions(cursor.Position, corners().Span, labels().Span, scores().Span, options)) { Name = name.ToString(), Row = cursor.Position });
        }
        return set.Images.Count > 0 ? set : throw new InvalidDataException("The data has no rows. Check the path or the filter it comes from.");
    }

    private static TrueObject Truth(AnnotatedObject o) =>
        new(o.Box.X0, o.Box.Y0, o.Box.X1, o.Box.Y1, o.Box.Label) { Area = o.Area, IsCrowd = o.Box.IsCrowd, IsDifficult = o.IsDifficult };

    private static PredictedObject[] Predictions(long row, ReadOnlySpan<float> corners, ReadOnlySpan<int> labels, ReadOnlySpan<float> scores, DetectionEvaluation options)
    {
        if (corners.Length != 4L * scores.Length || labels.Length != scores.Length)
            throw new InvalidDataException($"Row {row} has {scores.Length} scores in column '{options.ScoreColumn}', {labels.Length} labels in column '{options.PredictedLabelColumn}' and {corners.Length} numbers in column '{options.PredictedBoundingBoxColumn}'; each prediction has one score, one label and four numbers (x0, y0, x1, y1).");
        var predictions = new PredictedObject[scores.Length];
        for (var i = 0; i < predictions.Length; i++)
        {
            var box = new SampleBox(corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3], labels[i]);
            if (Data.Boxes.Problem(box) is { } problem)
                throw new InvalidDataException($"The box of prediction {i} in row {row} {problem}.");
            if (!float.IsFinite(scores[i]))
                throw new InvalidDataException($"The score of prediction {i} in row {row} must be a finite number; it is {scores[i]}.");
            predictions[i] = new PredictedObject(box.X0, box.Y0, box.X1, box.Y1, box.Label, scores[i]);
        }
        return predictions;
    }
}
