using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Segmentation;

/// <summary>Reads true and predicted masks row by row.</summary>
internal sealed class MaskPairs : IDisposable
{
    private readonly SegmentationEvaluation _options;
    private readonly RawImageReader _truth;
    private readonly RawImageReader? _prediction;
    private readonly ValueGetter<VBuffer<float>>? _probabilities;
    private readonly MaskTable _table;

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
        _truth = RawImageReader.Create(Cursor, truth);
        if (options.ProbabilityColumn is null)
            _prediction = RawImageReader.Create(Cursor, prediction);
        else
            _probabilities = Cursor.GetGetter<VBuffer<float>>(prediction);
    }

    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>At the row of the masks; moved by <see cref="MoveNext"/> alone.</summary>
    public DataViewRowCursor Cursor { get; }

    /// <summary>A place for the masks of a row.</summary>
    public MaskPair NewPair() => new(_table, _options);

    /// <summary>Moves to the next row and takes its masks, which are not decoded yet.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="InvalidDataException">The row holds no masks.</exception>
    public bool MoveNext(MaskPair pair)
    {
        _options.Cancellation.ThrowIfCancellationRequested();
        if (!Cursor.MoveNext())
            return false;
        pair.Read(_truth, _prediction, _probabilities);
        return true;
    }

    public void Dispose() => Cursor.Dispose();

    private static DataViewSchema.Column Probabilities(IDataView view, string name)
    {
        var column = view.Schema.GetColumnOrNull(name)
            ?? throw new ArgumentException($"There is no column '{name}' of probabilities. The columns are {ImageColumn.Names(view.Schema)}.");
        return column.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single ? column
            : throw new ArgumentException($"The column '{name}' of probabilities is of type {column.Type}; it must be a vector of Single.");
    }
}
