namespace Microsoft.ML.Data;

/// <summary>A column type whose values have parts or owners: vectors, images, types of third parties.</summary>
public abstract class StructuredDataViewType : DataViewType
{
    protected StructuredDataViewType(Type rawType) : base(rawType) { }
}
