namespace Microsoft.ML.Data;

/// <summary>From .NET types to column types, and the questions one asks of a column type.</summary>
internal static class RawTypes
{
    private static readonly Dictionary<Type, PrimitiveDataViewType> s_primitives = new PrimitiveDataViewType[]
    {
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double, BooleanDataViewType.Instance, TextDataViewType.Instance,
        DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance, RowIdDataViewType.Instance,
    }.ToDictionary(type => type.RawType);

    /// <summary>The column type held as <paramref name="rawType"/>; a string counts as text. Null if there is none.</summary>
    public static PrimitiveDataViewType PrimitiveOrNull(Type rawType) =>
        s_primitives.GetValueOrDefault(rawType == typeof(string) ? typeof(ReadOnlyMemory<char>) : rawType);

    public static PrimitiveDataViewType Primitive(Type rawType) =>
        PrimitiveOrNull(rawType) ?? throw new InvalidOperationException($"Cannot make a primitive column type of the .NET type {rawType}.");

    /// <summary>A vector's item type; any other type itself.</summary>
    public static DataViewType ItemType(this DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    /// <summary>The cardinality of a key or of a vector's keys; 0 for all other types.</summary>
    public static ulong KeyCount(this DataViewType type) => type.ItemType() is KeyDataViewType key ? key.Count : 0;

    /// <summary>A vector's size, 0 when rows differ in it; 1 for all other types.</summary>
    public static int ValueCount(this DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;

    public static bool IsKnownSizeVector(this DataViewType type) => type is VectorDataViewType { IsKnownSize: true };
}
