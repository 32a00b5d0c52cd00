using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Segmentation;

/// <summary>Reads true and predicted masks row by row.</summary>
internal sealed class MaskPairs : IDisposable
{
    private readonly SegmentationEvaluation _options;
    private readonly RawImageReader _reader;
    private readonly RawImage _raw = new() { Role = "mask" };
    private readonly IndexMaskReader _masks = new();
    private readonly MaskTable _table;
    private readonly PairCounter _pairs = new();
    private readonly Action _predict;

    /// <param name="view">The data.</param>
    /// <param name="options">Without problems.</param>
    /// <param name="besides">Columns that the cursor shall have too.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    public MaskPairs(IDataView view, SegmentationEvaluation options, params IReadOnlyList<DataViewSchema.Column> besides)
    {
        _options = options;
        var truth = MaskColumn.Find(view.Schema, options.MaskColumn);
        var classes = MaskColumn.RequireClasses(truth);
        ClassNames = classes.Names;
        if ((options.RandScore || options.ProbabilityColumn is not null) && ClassNames.Count != 2)
            throw new ArgumentException($"{(options.RandScore ? "The Rand F-score" : "A threshold")} is for two classes; the mask column '{options.MaskColumn}' has {ClassNames.Count}.");
        var prediction = options.ProbabilityColumn is { } probability ? Probabilities(view, probability) : MaskColumn.Find(view.Schema, options.PredictedMaskColumn);
        _table = new MaskTable(classes, classNames: null);
        Cursor = view.GetRowCursor([truth, prediction, .. besides]);
        _reader = RawImageReader.Create(Cursor, truth);
        _predict = options.ProbabilityColumn is null ? ReadMask(prediction) : ReadProbabilities(prediction);
    }

    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>At the row of the masks; moved by <see cref="MoveNext"/> alone.</summary>
    public DataViewRowCursor Cursor { get; }

    /// <summary>Class indices; what counts nowhere is <see cref="Sample.Ignored"/>.</summary>
    public IndexMask Truth { get; } = new();

    /// <summary>Class indices, of the truth's size; <see cref="Sample.Ignored"/> what was not predicted.</summary>
    public IndexMask Predicted { get; } = new();

    /// <summary>What a message calls the true mask.</summary>
    public string Name => _raw.Name;

    /// <summary>The true mask's file; null where it is in the row itself.</summary>
    public string? Path => _raw.Path;

    /// <exception cref="InvalidDataException">A mask cannot be read, sizes differ, or a pixel has no class; the message names the file.</exception>
    public bool MoveNext()
    {
        _options.Cancellation.ThrowIfCancellationRequested();
        if (!Cursor.MoveNext())
            return false;
        _reader.Read(_raw);
        _masks.Read(_raw, Truth);
        _table.Check(Truth, Name);
        _table.Apply(Truth.Values);
        _predict();
        return true;
    }

    /// <summary>Adds the row's pixels to counts, (K, K): true class by predicted class.</summary>
    public void AddTo(long[,] counts)
    {
        _pairs.Add(Truth.Values, Predicted.Values);
        for (var k = 0; k < ClassNames.Count; k++)
        {
            var found = _pairs.Take((byte)k);
            for (var predicted = 0; predicted < ClassNames.Count; predicted++)
                counts[k, predicted] += found[predicted];
            // What a crop cut off, the ignored value, was not predicted; it says nothing of the network.
            if (found.AsSpan(ClassNames.Count, Sample.Ignored - ClassNames.Count).ContainsAnyExcept(0))
                throw NoClass();
        }
        _pairs.Take(Sample.Ignored);
    }

    public void Dispose() => Cursor.Dispose();

    private InvalidDataException NoClass()
    {
        var i = 0;
        while (Truth.Values[i] == Sample.Ignored || Predicted.Values[i] == Sample.Ignored || Predicted.Values[i] < ClassNames.Count)
            i++;
        return new InvalidDataException($"The prediction for {Name} has the value {Predicted.Values[i]} at pixel {i}; the classes are 0 to {ClassNames.Count - 1}.");
    }

    private static DataViewSchema.Column Probabilities(IDataView view, string name)
    {
        var column = view.Schema.GetColumnOrNull(name)
            ?? throw new ArgumentException($"There is no column '{name}' of probabilities. The columns are {ImageColumn.Names(view.Schema)}.");
        return column.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single ? column
            : throw new ArgumentException($"The column '{name}' of probabilities is of type {column.Type}; it must be a vector of Single.");
    }

    private Action ReadMask(DataViewSchema.Column column)
    {
        var reader = RawImageReader.Create(Cursor, column);
        var raw = new RawImage { Role = "predicted mask" };
        return () =>
        {
            reader.Read(raw);
            _masks.Read(raw, Predicted);
            Predicted.RequireSize($"The prediction in row {Cursor.Position}", Truth.Width, Truth.Height);
        };
    }

    private Action ReadProbabilities(DataViewSchema.Column column)
    {
        var getter = Cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> probabilities = default;
        return () =>
        {
            getter(ref probabilities);
            var pixels = Truth.Width * Truth.Height;
            if (probabilities.Length != 2 * pixels)
                throw new InvalidDataException($"Row {Cursor.Position} has {probabilities.Length} probabilities in column '{_options.ProbabilityColumn}'; for two classes of {Truth.Width} x {Truth.Height} pixels they must be {2 * pixels}.");
            var second = probabilities.DenseValues().Skip(pixels).ToArray();
            var values = Predicted.Resize(Truth.Width, Truth.Height);
            for (var i = 0; i < values.Length; i++)
                values[i] = second[i] >= _options.Threshold ? (byte)1 : (byte)0;
        };
    }
}
