using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>A predictor bound to an input schema: the columns it adds, and which inputs they need. Predicts one row at a time where a row is asked for.</summary>
internal sealed class PredictionMapper<TPrediction> : IRowToRowMapper
{
    public PredictionMapper(IImagePredictor<TPrediction> predictor, DataViewSchema input)
    {
        Predictor = predictor;
        InputSchema = input;
        Image = ImageColumn.Find(input, predictor.ImageColumn);
        Needed = predictor.Companion(input) is { } companion ? [Image, companion] : [Image];
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumns(predictor.Outputs.Select(o => o.Column));
        OutputSchema = builder.ToSchema();
    }

    public IImagePredictor<TPrediction> Predictor { get; }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>The input column of images.</summary>
    public DataViewSchema.Column Image { get; }

    /// <summary>The input columns that a prediction is made from: that of images, and a second where the predictor wants one.</summary>
    public IReadOnlyList<DataViewSchema.Column> Needed { get; }

    /// <summary>Room for what those columns hold of some rows, row by row.</summary>
    public RawImage[] Buffers(int rows) => [.. Enumerable.Range(0, rows * Needed.Count).Select(i => i % Needed.Count == 0 ? new RawImage() : new RawImage { Role = Predictor.CompanionRole })];

    /// <summary>Whether a column is one that the predictor adds; all others are handed through under the same index.</summary>
    public bool IsAdded(DataViewSchema.Column column) => column.Index >= InputSchema.Count;

    public PredictionColumn<TPrediction> Added(DataViewSchema.Column column) => Predictor.Outputs[column.Index - InputSchema.Count];

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
        Added(column).Getter(current) as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type.RawType}, but {typeof(TValue)} was asked for.");
}
