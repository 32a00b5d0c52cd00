using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>
/// A <see cref="SchemaShape"/> with columns of ours. Its columns cannot be constructed outside ML.NET, but an estimator chain
/// makes them of any schema and hands them to its estimators; so a rowless view goes in and a listener takes them out.
/// </summary>
internal static class AddedColumns
{
    public static SchemaShape To(SchemaShape input, params IEnumerable<DataViewSchema.DetachedColumn> added)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(added);
        var listener = new Listener();
        new EstimatorChain<ITransformer>().Append(listener).Fit(new RowlessView(builder.ToSchema()));
        var ours = listener.Heard!;
        return new SchemaShape(input.Where(c => !ours.Any(o => o.Name == c.Name)).Concat(ours));
    }

    private sealed class Listener : IEstimator<ITransformer>
    {
        public SchemaShape? Heard { get; private set; }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Heard = inputSchema;

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();
    }
}
