using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>The values that keys stand for.</summary>
public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    internal KeyToValueMappingEstimator(IHostEnvironment environment, params InputOutputColumnPair[] columns) : base(environment, new(environment, columns)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.Pairs.Select(pair =>
        {
            var column = inputSchema.Find(pair.InputColumnName, "input");
            if (!column.IsKey)
                throw Errors.SchemaMismatch(nameof(inputSchema), "input", pair.InputColumnName, "KeyType", column.GetTypeString());
            if (!column.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var keyValues))
                throw Errors.Param(nameof(inputSchema), $"Input column '{pair.InputColumnName}' doesn't contain key values metadata");
            var annotations = column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out var slotNames) ? new SchemaShape([slotNames]) : null;
            return new SchemaShape.Column(pair.OutputColumnName, column.Kind, keyValues.ItemType, keyValues.IsKey, annotations);
        }));
    }
}
