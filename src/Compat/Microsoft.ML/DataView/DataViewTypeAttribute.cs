namespace Microsoft.ML.Data;

/// <summary>Put on a field or property of a row class whose column type is registered by <see cref="Register"/>.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public abstract class DataViewTypeAttribute : Attribute, IEquatable<DataViewTypeAttribute>
{
    protected DataViewTypeAttribute() { }

    public abstract void Register();

    public abstract bool Equals(DataViewTypeAttribute other);
}
