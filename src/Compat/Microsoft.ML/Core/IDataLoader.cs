namespace Microsoft.ML;

/// <summary>Makes a view of a source: files, a stream, a database.</summary>
public interface IDataLoader<in TSource> : ICanSaveModel
{
    IDataView Load(TSource input);

    DataViewSchema GetOutputSchema();
}
