namespace Microsoft.ML.Data;

/// <summary>
/// Makes a key of an unsigned integer. A member's value counts from 0 when it is read from an object, but from 1 (with 0 for missing) when it is
/// written to one, as everywhere else.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public sealed class KeyTypeAttribute : Attribute
{
    public KeyTypeAttribute() => throw new NotSupportedException("Using KeyType without the Count parameter is not supported");

    public KeyTypeAttribute(ulong count) => Count = count;

    internal ulong Count { get; }
}
