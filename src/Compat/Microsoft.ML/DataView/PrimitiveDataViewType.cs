namespace Microsoft.ML.Data;

/// <summary>A column type whose values are single and owned by nobody; the only kind a vector can hold.</summary>
public abstract class PrimitiveDataViewType : DataViewType
{
    protected PrimitiveDataViewType(Type rawType) : base(rawType)
    {
        if (typeof(IDisposable).IsAssignableFrom(rawType))
            throw new ArgumentException($"{rawType} is disposable; a {nameof(PrimitiveDataViewType)} is not.", nameof(rawType));
    }
}
