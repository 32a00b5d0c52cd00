using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.PowerShell;

/// <summary>Reads a transformed view into predictions: the columns that the model's options name, as one object for each row.</summary>
internal sealed class PredictionReader
{
    private readonly DataViewRowCursor _cursor;
    private readonly ImageModel _model;
    private readonly List<Action<ImagePrediction>> _readers = [];

    /// <param name="model">What made the view.</param>
    /// <param name="view">The transformed view.</param>
    /// <param name="images">What its rows are of.</param>
    public static IEnumerable<ImagePrediction> Read(ImageModel model, IDataView view, IReadOnlyList<GivenImage> images)
    {
        var wanted = Outputs(model).ToHashSet();
        using var cursor = view.GetRowCursor(view.Schema.Where(c => !c.IsHidden && wanted.Contains(c.Name)));
        var reader = new PredictionReader(cursor, model);
        while (cursor.MoveNext())
            yield return reader.Of(images[(int)cursor.Position]);
    }

    private PredictionReader(DataViewRowCursor cursor, ImageModel model)
    {
        (_cursor, _model) = (cursor, model);
        Action add = model.Options switch
        {
            CnnOptions o => () => Classes(o.ScoreColumn),
            SegmentationOptions o => () => Add<MLImage>(Column(o.PredictedMaskColumn), (prediction, value) => prediction.Mask = ImageCopy.Of(value)),
            DetectionOptions o => () => Objects(o),
            AutoencoderOptions o => () => Code(o),
            GanOptions o => () => Add<float>(Column(o.RealismScoreColumn), (prediction, value) => prediction.Score = value),
            _ => () => { },
        };
        add();
    }

    private static IEnumerable<string> Outputs(ImageModel model) => model.Options switch
    {
        CnnOptions o => [o.ScoreColumn],
        SegmentationOptions o => [o.PredictedMaskColumn],
        DetectionOptions o => [o.PredictedLabelColumn, o.ScoreColumn, o.PredictedBoundingBoxColumn],
        AutoencoderOptions o => [o.LatentColumn, o.ReconstructionColumn, o.ReconstructionErrorColumn, o.IsAnomalyColumn],
        GanOptions o => [o.RealismScoreColumn],
        _ => [],
    };

    private ImagePrediction Of(GivenImage image)
    {
        var prediction = new ImagePrediction { Path = image.Path, Row = image.Row, TrueLabel = image.TrueLabel };
        foreach (var read in _readers)
            read(prediction);
        return prediction;
    }

    private void Classes(string scores) => Add<VBuffer<float>>(Column(scores), (prediction, value) =>
    {
        prediction.Scores = [.. value.DenseValues().Select((p, k) => new ClassScore(_model.ClassNames[k], p)).OrderByDescending(s => s.Score)];
        (prediction.Label, prediction.Score) = (prediction.Scores[0].Label, prediction.Scores[0].Score);
    });

    private void Objects(DetectionOptions options)
    {
        VBuffer<uint> labels = default;
        VBuffer<float> scores = default;
        var labelGetter = _cursor.GetGetter<VBuffer<uint>>(Column(options.PredictedLabelColumn));
        var scoreGetter = _cursor.GetGetter<VBuffer<float>>(Column(options.ScoreColumn));
        Add<VBuffer<float>>(Column(options.PredictedBoundingBoxColumn), (prediction, boxes) =>
        {
            labelGetter(ref labels);
            scoreGetter(ref scores);
            float[] corners = [.. boxes.DenseValues()];
            uint[] classes = [.. labels.DenseValues()];
            prediction.Boxes = [.. scores.DenseValues().Select((s, i) => new DetectedObject(_model.ClassNames[(int)classes[i] - 1], s, corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3]))];
            prediction.Label = prediction.Boxes.Count > 0 ? prediction.Boxes[0].Label : null;
            prediction.Score = prediction.Boxes.Count > 0 ? prediction.Boxes[0].Score : null;
        });
    }

    private void Code(AutoencoderOptions options)
    {
        Add<VBuffer<float>>(Column(options.LatentColumn), (prediction, value) => prediction.Latent = [.. value.DenseValues()]);
        Add<MLImage>(Column(options.ReconstructionColumn), (prediction, value) => prediction.Reconstruction = ImageCopy.Of(value));
        Add<float>(Column(options.ReconstructionErrorColumn), (prediction, value) => prediction.Score = value);
        if (Find(options.IsAnomalyColumn) is { } anomaly)
            Add<bool>(anomaly, (prediction, value) => prediction.IsAnomaly = value);
    }

    private void Add<T>(DataViewSchema.Column column, Action<ImagePrediction, T> set)
    {
        T value = default!;
        var getter = _cursor.GetGetter<T>(column);
        _readers.Add(prediction =>
        {
            getter(ref value);
            set(prediction, value);
        });
    }

    private DataViewSchema.Column? Find(string name) => _cursor.Schema.GetColumnOrNull(name) is { } column && _cursor.IsColumnActive(column) ? column : null;

    private DataViewSchema.Column Column(string name) => _cursor.Schema[name];
}
