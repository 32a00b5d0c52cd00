using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns scales of columns of reals and applies them.</summary>
public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly InputOutputColumnPair[] _columns;
    private readonly NormalizerSettings _settings;

    internal NormalizingEstimator(IHostEnvironment environment, InputOutputColumnPair[] columns, NormalizerSettings settings)
    {
        Check.NonEmpty(columns, nameof(columns));
        _environment = environment;
        _columns = columns;
        _settings = settings;
    }

    public NormalizingTransformer Fit(IDataView input)
    {
        Check.Value(input, nameof(input));
        var columns = _columns.Select(pair => Find(input.Schema, pair.InputColumnName)).ToArray();
        using var cursor = input.GetRowCursor(columns.DistinctBy(column => column.Index));
        var scales = columns.Select(column => ScaleBuilder.Of(cursor, column, _settings)).ToArray();
        for (long rows = 0; rows < _settings.MaximumExampleCount && cursor.MoveNext(); rows++)
            foreach (var scale in scales)
                scale.Add();
        return new(_environment, _columns, [.. scales.Select(scale => scale.Build())]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return inputSchema.With(_columns.Select(pair =>
        {
            var column = inputSchema.Find(pair.InputColumnName, "input");
            if (column.Kind == SchemaShape.Column.VectorKind.VariableVector)
                throw Errors.SchemaMismatch(nameof(inputSchema), "input", pair.InputColumnName, "known-size vector or scalar", column.GetTypeString());
            if (!ColumnScale.CanScale(column.ItemType))
                throw Errors.SchemaMismatch(nameof(inputSchema), "input", pair.InputColumnName, "vector or scalar of Single or Double", column.GetTypeString());
            var annotations = new List<SchemaShape.Column> { new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false) };
            if (column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out var slotNames))
                annotations.Add(slotNames);
            return new SchemaShape.Column(pair.OutputColumnName, column.Kind, column.ItemType, isKey: false, new(annotations));
        }));
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        var column = schema.GetColumnOrNull(name) ?? throw Errors.SchemaMismatch("data", "input", name);
        Check.Param(ColumnScale.CanScale(column.Type.ItemType()) && column.Type.ValueCount() > 0, "srcType",
            $"Wrong column type for input column. Expected: Single, Double, Vector of Single or Vector of Double. Got: {column.Type}.");
        return column;
    }
}
