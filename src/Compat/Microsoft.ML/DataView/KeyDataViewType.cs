using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A position in a vocabulary of <see cref="Count"/> values, held as an unsigned integer: 1 for the first, 0 for missing.</summary>
public sealed class KeyDataViewType : PrimitiveDataViewType
{
    public KeyDataViewType(Type type, ulong count) : base(type)
    {
        if (!IsValidDataType(type))
            throw Errors.Param(nameof(type), $"A key is a Byte, UInt16, UInt32 or UInt64, but the type is {type}.");
        if (count == 0 || count > Largest(type))
            throw Errors.Param(nameof(count), $"The cardinality of a {nameof(KeyDataViewType)} must be in [1, {Largest(type)}] for {type.Name}, but is {count}.");
        Count = count;
    }

    public KeyDataViewType(Type type, int count) : this(type, Positive(count)) { }

    public ulong Count { get; }

    public static bool IsValidDataType(Type type) => type is not null && Largest(type) > 0;

    public override bool Equals(DataViewType other) =>
        ReferenceEquals(this, other) || other is KeyDataViewType key && key.RawType == RawType && key.Count == Count;

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    public override string ToString() => $"Key<{RawType.Name}, 0-{Count - 1}>";

    private static ulong Positive(int count) => count > 0
        ? (ulong)count
        : throw Errors.Param(nameof(count), $"The cardinality of a {nameof(KeyDataViewType)} must be strictly positive, but is {count}.");

    private static ulong Largest(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => byte.MaxValue,
        TypeCode.UInt16 => ushort.MaxValue,
        TypeCode.UInt32 => uint.MaxValue,
        TypeCode.UInt64 => ulong.MaxValue,
        _ => 0,
    };
}
