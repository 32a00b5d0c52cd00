using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where data comes from, how its rows are chosen and how they are read back.</summary>
public sealed partial class DataOperationsCatalog
{
    internal DataOperationsCatalog(IHostEnvironment environment) => Environment = environment;

    internal IHostEnvironment Environment { get; }

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null) where TRow : class
    {
        Check.Value(data, nameof(data));
        return new ObjectView<TRow>(data, RowDefinition.Of(typeof(TRow), schemaDefinition, SchemaDefinition.Direction.Read));
    }

    /// <summary>With the types (sizes, cardinalities) and annotations that <paramref name="schema"/> has for the members' columns.</summary>
    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema) where TRow : class
    {
        Check.Value(data, nameof(data));
        Check.Value(schema, nameof(schema));
        return LoadFromEnumerable(data, RowDefinition.Following(typeof(TRow), schema));
    }

    public IEnumerable<TRow> CreateEnumerable<TRow>(
        IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition schemaDefinition = null)
        where TRow : class, new()
    {
        Check.Value(data, nameof(data));
        return Read(data, new RowBinder<TRow>(data.Schema, ignoreMissingColumns, schemaDefinition), reuseRowObject);
    }

    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        Check.Value(input, nameof(input));
        return new CachedView(input, [.. (columnsToPrefetch ?? []).Select(name =>
            input.Schema.GetColumnOrNull(name) ?? throw Errors.SchemaMismatch(nameof(columnsToPrefetch), "prefetch", name))]);
    }

    /// <summary>All rows in random order: drawn from a pool of <paramref name="shufflePoolSize"/>, of a source that is shuffled first if it can be.</summary>
    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        Check.Value(input, nameof(input));
        Check.Param(shufflePoolSize > 0, nameof(shufflePoolSize), "Must be positive");
        return new ShuffledView(input, shufflePoolSize, shuffleSource, seed is { } given ? (uint)given : NewSeed("Shuffle"));
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        Check.Value(input, nameof(input));
        Check.Param(count > 0, nameof(count), "Must be greater than zero.");
        return new SkippedAndTakenView(input, count, long.MaxValue);
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        Check.Value(input, nameof(input));
        Check.Param(count > 0, nameof(count), "Must be greater than zero.");
        return new SkippedAndTakenView(input, 0, count);
    }

    /// <summary>A sample of as many rows as there are, on average, drawn with replacement; with <paramref name="complement"/> the rows that are not in it.</summary>
    public IDataView BootstrapSample(IDataView input, int? seed = null, bool complement = false)
    {
        Check.Value(input, nameof(input));
        return new BootstrapView(input, seed is { } given ? (uint)given : NewSeed("BootstrapSample"), complement);
    }

    private static IEnumerable<TRow> Read<TRow>(IDataView data, RowBinder<TRow> binder, bool reuse) where TRow : class, new()
    {
        using var cursor = data.GetRowCursor(data.Schema.Where(column => binder.Columns.Contains(column.Index)));
        var fill = binder.Bind(cursor);
        TRow row = null;
        while (cursor.MoveNext())
        {
            if (!reuse || row is null)
                row = new();
            fill(row);
            yield return row;
        }
    }

    private uint NewSeed(string name) => (uint)Environment.Register(name).Rand.NextInt64(1L << 32);
}
