using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static Microsoft.ML.SchemaShape.Column;

namespace Microsoft.ML.Transforms;

/// <summary>Columns made by a function of the caller's.</summary>
public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new()
    where TDst : class, new()
{
    internal CustomMappingEstimator(CustomMappingTransformer<TSrc, TDst> transformer) : base(null, transformer) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        foreach (var wanted in Transformer.Source.Schema)
        {
            var found = inputSchema.Find(wanted.Name, "input");
            var shape = Of(wanted.Name, wanted.Type);
            // A member of variable size takes vectors of known size too.
            bool fits = shape.Kind == found.Kind || shape.Kind == VectorKind.VariableVector && found.Kind == VectorKind.Vector;
            if (!fits || shape.IsKey != found.IsKey || !shape.ItemType.Equals(found.ItemType))
                throw Errors.SchemaMismatch(nameof(inputSchema), "input", wanted.Name, wanted.Type.ToString(), found.GetTypeString());
        }

        return inputSchema.With(SchemaShape.Create(Transformer.Result.Schema));
    }
}
