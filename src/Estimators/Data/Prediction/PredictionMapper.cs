using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>What adds columns to an input schema: which ones, and which inputs they need. Predicts one row at a time where a row is asked for.</summary>
/// <typeparam name="TPrediction">The result for one row, complete on the CPU.</typeparam>
internal abstract class PredictionMapper<TPrediction> : IRowToRowMapper
{
    private readonly IReadOnlyList<PredictionColumn<TPrediction>> _outputs;

    /// <param name="input">The columns before.</param>
    /// <param name="outputs">The columns that are added.</param>
    /// <param name="needed">The input columns that a prediction is made from.</param>
    protected PredictionMapper(DataViewSchema input, IReadOnlyList<PredictionColumn<TPrediction>> outputs, IReadOnlyList<DataViewSchema.Column> needed)
    {
        _outputs = outputs;
        InputSchema = input;
        Needed = needed;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        foreach (var output in outputs)
            builder.AddColumn(output.Column.Name, output.Column.Type, output.Column.Annotations);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>The input columns that a prediction is made from.</summary>
    public IReadOnlyList<DataViewSchema.Column> Needed { get; }

    /// <summary>Rows predicted together by a cursor.</summary>
    public abstract int BatchSize { get; }

    /// <param name="row">With the needed columns active.</param>
    /// <param name="capacity">The most rows together, at least 1.</param>
    public abstract IPredictionBatch<TPrediction> Open(DataViewRow row, int capacity);

    /// <summary>Whether a column is one of those added; all others are handed through under the same index.</summary>
    public bool IsAdded(DataViewSchema.Column column) => column.Index >= InputSchema.Count;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var wanted = dependingColumns.ToList();
        var needed = HandedThrough(wanted).ToHashSet();
        if (wanted.Any(IsAdded))
            needed.UnionWith(Needed.Select(c => c.Index));
        return InputSchema.Where(c => needed.Contains(c.Index));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        if (input.Schema != InputSchema)
            throw new ArgumentException("The row is of another schema than the one this mapper was made for.", nameof(input));
        return new PredictionRow<TPrediction>(this, input, activeColumns);
    }

    /// <summary>Indices of those columns that are not added.</summary>
    public IEnumerable<int> HandedThrough(IEnumerable<DataViewSchema.Column> columns) => columns.Where(c => !IsAdded(c)).Select(c => c.Index);

    /// <summary>The getter of an added column, checked against the type asked for.</summary>
    /// <exception cref="InvalidOperationException">The column has another type.</exception>
    public ValueGetter<TValue> Getter<TValue>(DataViewSchema.Column column, Func<TPrediction> current) =>
        _outputs[column.Index - InputSchema.Count].Getter(current) as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type.RawType}, but {typeof(TValue)} was asked for.");
}
