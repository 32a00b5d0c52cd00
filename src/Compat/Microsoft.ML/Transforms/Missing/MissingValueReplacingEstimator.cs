using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns what to put in the place of NaN.</summary>
public sealed class MissingValueReplacingEstimator : IEstimator<MissingValueReplacingTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly InputOutputColumnPair[] _columns;
    private readonly ReplacementMode _mode;
    private readonly bool _bySlot;

    internal MissingValueReplacingEstimator(IHostEnvironment environment, InputOutputColumnPair[] columns, ReplacementMode replacementMode, bool imputeBySlot)
    {
        Check.NonEmpty(columns, nameof(columns));
        Check.Param(Enum.IsDefined(replacementMode), nameof(replacementMode));
        _environment = environment;
        _columns = columns;
        _mode = replacementMode;
        _bySlot = imputeBySlot;
    }

    /// <summary>What a missing value becomes: 0, or what is told of the values there are.</summary>
    public enum ReplacementMode : byte
    {
        DefaultValue,
        Mean,
        Minimum,
        Maximum,
        Mode = 5,
    }

    public MissingValueReplacingTransformer Fit(IDataView input)
    {
        Check.Value(input, nameof(input));
        var columns = _columns.Select(pair => Find(input.Schema, pair.InputColumnName)).ToArray();
        var found = columns.Select(column => ReplacementFinder.Of(column, _mode, _bySlot)).ToArray();
        if (_mode != ReplacementMode.DefaultValue)
        {
            using var cursor = input.GetRowCursor(columns.DistinctBy(column => column.Index));
            var readers = found.Select((finder, i) => finder.MakeReader(cursor, columns[i])).ToArray();
            while (cursor.MoveNext())
                foreach (var read in readers)
                    read();
        }

        return new(_environment, _columns, [.. found.Select(finder => finder.Find())]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return inputSchema.With(_columns.Select(pair =>
        {
            var column = inputSchema.Find(pair.InputColumnName, "input");
            CheckItemType(column.ItemType);
            var kept = column.Annotations.Where(annotation => annotation.Name is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized);
            return new SchemaShape.Column(pair.OutputColumnName, column.Kind, column.ItemType, isKey: false, new(kept));
        }));
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        var column = schema.GetColumnOrNull(name) ?? throw Errors.SchemaMismatch("inputSchema", "input", name);
        CheckItemType(column.Type.ItemType());
        return column;
    }

    private static void CheckItemType(DataViewType type) =>
        Check.Param(ColumnScale.CanScale(type), "inputSchema", $"Type '{type}' is not supported by NAReplaceTransform since it doesn't have an NA value");
}
