using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Core;

/// <summary>An estimator that remembers the shape it was shown: the one public way to a shape of a schema.</summary>
internal sealed class ShapeSpy : IEstimator<ITransformer>
{
    public SchemaShape? Shape { get; private set; }

    public static SchemaShape ShapeOf(DataViewSchema schema)
    {
        var spy = new ShapeSpy();
        new EstimatorChain<ITransformer>().Append(spy).Fit(new EmptyView(schema));
        return spy.Shape!;
    }

    public static SchemaShape.Column ShapeOf(string name, DataViewType type)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(name, type);
        return ShapeOf(builder.ToSchema())[0];
    }

    public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;
}
