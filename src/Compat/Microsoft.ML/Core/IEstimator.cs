namespace Microsoft.ML;

/// <summary>Learns a transformer from data, and says beforehand what columns that transformer will make.</summary>
public interface IEstimator<out TTransformer> where TTransformer : ITransformer
{
    TTransformer Fit(IDataView input);

    SchemaShape GetOutputSchema(SchemaShape inputSchema);
}
