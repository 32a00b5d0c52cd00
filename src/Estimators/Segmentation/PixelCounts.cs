using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Segmentation;

/// <summary>Counts the pixels of a view: true class by predicted class.</summary>
internal sealed class PixelCounts
{
    private readonly SegmentationEvaluation _options;
    private readonly DataViewSchema.Column _truth;
    private readonly DataViewSchema.Column _prediction;
    private readonly MaskClasses _classes;
    private readonly long[,] _counts;

    private PixelCounts(IDataView view, SegmentationEvaluation options)
    {
        _options = options;
        _truth = MaskColumn.Find(view.Schema, options.MaskColumn);
        _classes = MaskColumn.RequireClasses(_truth);
        _counts = new long[_classes.Names.Count, _classes.Names.Count];
        if ((options.RandScore || options.ProbabilityColumn is not null) && _classes.Names.Count != 2)
            throw new ArgumentException($"{(options.RandScore ? "The Rand F-score" : "A threshold")} is for two classes; the mask column '{options.MaskColumn}' has {_classes.Names.Count}.");
        if (options.ProbabilityColumn is not { } probability)
        {
            _prediction = MaskColumn.Find(view.Schema, options.PredictedMaskColumn);
            return;
        }
        _prediction = view.Schema.GetColumnOrNull(probability)
            ?? throw new ArgumentException($"There is no column '{probability}' of probabilities. The columns are {ImageColumn.Names(view.Schema)}.");
        if (_prediction.Type is not VectorDataViewType vector || vector.ItemType != NumberDataViewType.Single)
            throw new ArgumentException($"The column '{probability}' of probabilities is of type {_prediction.Type}; it must be a vector of Single.");
    }

    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">There are no rows, a mask cannot be read, sizes differ, or a pixel has no class; the message names the file.</exception>
    public static SegmentationMetrics Of(IDataView view, SegmentationEvaluation options) => new PixelCounts(view, options).Count(view);

    private SegmentationMetrics Count(IDataView view)
    {
        using var cursor = view.GetRowCursor([_truth, _prediction]);
        var (truth, predicted) = (new IndexMask(), new IndexMask());
        var reader = new IndexMaskReader();
        var trueRow = RawImageReader.Create(cursor, _truth);
        var predict = Prediction(cursor, reader, predicted);
        var table = new MaskTable(_classes, classNames: null);
        var raw = new RawImage();
        var (randSum, rows) = (0.0, 0);
        while (cursor.MoveNext())
        {
            _options.Cancellation.ThrowIfCancellationRequested();
            trueRow.Read(raw);
            reader.Read(raw, truth);
            table.Check(truth, raw.Name);
            table.Apply(truth.Values);
            predict(truth);
            Add(truth.Values, predicted.Values, raw.Name);
            if (_options.RandScore)
                randSum += Rand(truth, predicted);
            rows++;
        }
        if (rows == 0)
            throw new InvalidDataException("The data has no rows. Check the path or the filter it comes from.");
        return new SegmentationMetrics(_classes.Names, _counts) { RandFScore = _options.RandScore ? randSum / rows : null };
    }

    private Action<IndexMask> Prediction(DataViewRowCursor cursor, IndexMaskReader reader, IndexMask predicted)
    {
        if (_options.ProbabilityColumn is null)
        {
            var row = RawImageReader.Create(cursor, _prediction);
            var raw = new RawImage();
            return truth =>
            {
                row.Read(raw);
                reader.Read(raw, predicted);
                predicted.RequireSize($"The prediction in row {cursor.Position}", truth.Width, truth.Height);
            };
        }
        var getter = cursor.GetGetter<VBuffer<float>>(_prediction);
        VBuffer<float> probabilities = default;
        return truth =>
        {
            getter(ref probabilities);
            var pixels = truth.Width * truth.Height;
            if (probabilities.Length != 2 * pixels)
                throw new InvalidDataException($"Row {cursor.Position} has {probabilities.Length} probabilities in column '{_options.ProbabilityColumn}'; for two classes of {truth.Width} x {truth.Height} pixels they must be {2 * pixels}.");
            var second = probabilities.DenseValues().Skip(pixels).ToArray();
            var values = predicted.Resize(truth.Width, truth.Height);
            for (var i = 0; i < values.Length; i++)
                values[i] = second[i] >= _options.Threshold ? (byte)1 : (byte)0;
        };
    }

    private void Add(ReadOnlySpan<byte> truth, ReadOnlySpan<byte> predicted, string name)
    {
        var classes = _classes.Names.Count;
        for (var i = 0; i < truth.Length; i++)
        {
            // What a crop cut off was not predicted; it says nothing of the network.
            if (truth[i] == Sample.Ignored || predicted[i] == Sample.Ignored)
                continue;
            if (predicted[i] >= classes)
                throw new InvalidDataException($"The prediction for {name} has the value {predicted[i]} at pixel {i}; the classes are 0 to {classes - 1}.");
            _counts[truth[i], predicted[i]]++;
        }
    }

    private static double Rand(IndexMask truth, IndexMask predicted)
    {
        // What does not count in the truth is background there, which does not count either.
        var objects = truth.Values.ToArray().Select(v => v == 1 ? (byte)1 : (byte)0).ToArray();
        return RandScore.Of(objects, predicted.Values, truth.Width).F;
    }
}
