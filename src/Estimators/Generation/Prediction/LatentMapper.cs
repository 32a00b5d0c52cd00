using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Generation;

/// <summary>A generator bound to an input schema: which columns it reads, and the image that it adds.</summary>
internal sealed class LatentMapper : IRowToRowMapper
{
    private readonly GanPredictor _predictor;

    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    public LatentMapper(GanPredictor predictor, GanOptions options, IReadOnlyList<string> classNames, DataViewSchema input)
    {
        _predictor = predictor;
        Options = options;
        ClassNames = classNames;
        InputSchema = input;
        Latent = input.GetColumnOrNull(options.LatentColumn)
            ?? throw new ArgumentException($"There is no column '{options.LatentColumn}' of latent vectors. The columns are {ImageColumn.Names(input)}.");
        if (Latent.Type is not VectorDataViewType vector || vector.ItemType != NumberDataViewType.Single)
            throw new ArgumentException($"The column '{Latent.Name}' of latent vectors is of type {Latent.Type}; it must be a vector of {options.LatentSize} Single.");
        if (vector.Size != 0 && vector.Size != options.LatentSize)
            throw new ArgumentException($"The latent vectors of column '{Latent.Name}' have {vector.Size} numbers; the model takes {options.LatentSize}.");
        Label = classNames.Count == 0 ? null : LabelColumn.Find(input, options.LabelColumn);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumns([GanColumns.Image(options)]);
        OutputSchema = builder.ToSchema();
    }

    public GanOptions Options { get; }

    public IReadOnlyList<string> ClassNames { get; }

    public DataViewSchema.Column Latent { get; }

    /// <summary>Null where the model has no classes.</summary>
    public DataViewSchema.Column? Label { get; }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>The input columns that an image is made from.</summary>
    public IReadOnlyList<DataViewSchema.Column> Needed => Label is { } label ? [Latent, label] : [Latent];

    /// <summary>Whether a column is the added one; all others are handed through under the same index.</summary>
    public bool IsAdded(DataViewSchema.Column column) => column.Index >= InputSchema.Count;

    public GeneratedPicture[] Generate(IReadOnlyList<(float[] Latent, int Label)> rows) =>
        _predictor.Generate([.. rows.Select(r => r.Latent)], Label is null ? null : [.. rows.Select(r => r.Label)]);

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var wanted = dependingColumns.ToList();
        var needed = wanted.Where(c => !IsAdded(c)).Select(c => c.Index).ToHashSet();
        if (wanted.Any(IsAdded))
            needed.UnionWith(Needed.Select(c => c.Index));
        return InputSchema.Where(c => needed.Contains(c.Index));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        if (input.Schema != InputSchema)
            throw new ArgumentException("The row is of another schema than the one this mapper was made for.", nameof(input));
        return new LatentRow(this, input, activeColumns);
    }

    /// <exception cref="InvalidOperationException">The image is asked for as something else.</exception>
    public static ValueGetter<TValue> Getter<TValue>(DataViewSchema.Column column, Func<GeneratedPicture> current) =>
        GanColumns.ImageGetter(current) as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type.RawType}, but {typeof(TValue)} was asked for.");
}
