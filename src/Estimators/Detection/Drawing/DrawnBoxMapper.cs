using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Detection.Drawing;

/// <summary>Drawing bound to an input schema.</summary>
internal sealed class DrawnBoxMapper : IRowToRowMapper
{
    private readonly BoxDrawingOptions _options;
    private readonly DrawnBoxColumns _columns;

    public DrawnBoxMapper(DataViewSchema input, BoxDrawingOptions options)
    {
        (InputSchema, _options) = (input, options);
        _columns = DrawnBoxColumns.Find(input, options);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumns([DrawnBoxColumns.Added(options)]);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>Whether a column is the one that is added; all others are handed through under the same index.</summary>
    public bool IsAdded(DataViewSchema.Column column) => column.Index >= InputSchema.Count;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = new HashSet<int>();
        foreach (var column in dependingColumns)
            if (IsAdded(column))
                needed.UnionWith(_columns.All.Select(c => c.Index));
            else
                needed.Add(column.Index);
        return InputSchema.Where(c => needed.Contains(c.Index));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        if (input.Schema != InputSchema)
            throw new ArgumentException("The row is of another schema than the one this mapper was made for.", nameof(input));
        return new DrawnBoxRow(this, input, activeColumns);
    }

    /// <summary>Which of the output's columns are asked for.</summary>
    public bool[] Active(IEnumerable<DataViewSchema.Column> columns)
    {
        var active = new bool[OutputSchema.Count];
        foreach (var column in columns)
            active[column.Index] = true;
        return active;
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is not active.</exception>
    /// <exception cref="InvalidOperationException">It has another type.</exception>
    public ValueGetter<TValue> Getter<TValue>(DataViewRow input, DataViewSchema.Column column, bool[] active)
    {
        if (!active[column.Index])
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active here.");
        if (!IsAdded(column))
            return input.GetGetter<TValue>(InputSchema[column.Index]);
        var reader = new DrawnBoxReader(input, _columns, _options);
        ValueGetter<MLImage> getter = (ref MLImage value) =>
        {
            // As ML.NET's own image columns: who asks for the next image has done with the last.
            value?.Dispose();
            value = reader.Draw();
        };
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' holds {typeof(MLImage)}, but {typeof(TValue)} was asked for.");
    }
}
