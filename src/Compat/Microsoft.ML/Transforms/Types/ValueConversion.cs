using System.Numerics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// The conversions between types that transforms offer. Integers become wider or narrower of the same signedness (unsigned ones that do not fit become 0),
/// reals, flags and text; reals become reals, flags and text; text is read; keys become keys of the same count or unsigned integers.
/// </summary>
internal static class ValueConversion
{
    /// <summary>A Func from one raw type to the other, or null if there is no conversion.</summary>
    public static Delegate Find(DataViewType from, PrimitiveDataViewType to)
    {
        if (to is KeyDataViewType toKey)
            return from switch
            {
                KeyDataViewType key when key.Count == toKey.Count => Narrowing(from, to),
                TextDataViewType => Generic(nameof(ReadOrDefault), to, to),
                _ => null,
            };
        if (from is KeyDataViewType fromKey)
            return IsUnsigned(to) && fromKey.Count <= Largest(to.RawType) ? Narrowing(from, to) : null;
        if (from is TextDataViewType)
            return FromText(to);
        if (to is TextDataViewType)
            return TextReading.HasTextForm(from) ? Generic(nameof(Write), from) : null;
        if (to is BooleanDataViewType)
            return from is BooleanDataViewType or NumberDataViewType ? Generic(nameof(ToFlag), from) : null;
        return from switch
        {
            NumberDataViewType when IsSigned(from) && (IsSigned(to) || IsReal(to)) => Numeric(nameof(Truncate), from, to),
            NumberDataViewType when IsUnsigned(from) && IsUnsigned(to) => Narrowing(from, to),
            NumberDataViewType when (IsUnsigned(from) || IsReal(from)) && IsReal(to) => Numeric(nameof(Truncate), from, to),
            BooleanDataViewType when IsSigned(to) || IsReal(to) => Generic(nameof(FromFlag), to),
            TimeSpanDataViewType when IsTicks(to) => FromTicks((TimeSpan value) => value.Ticks, to),
            DateTimeDataViewType when to is DateTimeDataViewType => (DateTime value) => value,
            DateTimeDataViewType when IsTicks(to) => FromTicks((DateTime value) => value.Ticks, to),
            DateTimeOffsetDataViewType when IsTicks(to) => FromTicks((DateTimeOffset value) => value.UtcTicks, to),
            _ => null,
        };
    }

    public static Func<TFrom, TTo> Find<TFrom, TTo>(DataViewType from, PrimitiveDataViewType to) => (Func<TFrom, TTo>)Find(from, to);

    private static bool IsSigned(DataViewType type) => Type.GetTypeCode(type.RawType) is TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64;

    private static bool IsUnsigned(DataViewType type) => Largest(type.RawType) > 0;

    private static bool IsReal(DataViewType type) => type == NumberDataViewType.Single || type == NumberDataViewType.Double;

    private static bool IsTicks(DataViewType type) => type == NumberDataViewType.Int64 || IsReal(type);

    private static ulong Largest(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => byte.MaxValue,
        TypeCode.UInt16 => ushort.MaxValue,
        TypeCode.UInt32 => uint.MaxValue,
        TypeCode.UInt64 => ulong.MaxValue,
        _ => 0,
    };

    private static Delegate FromText(PrimitiveDataViewType to) => to switch
    {
        TextDataViewType => (ReadOnlyMemory<char> text) => text,
        NumberDataViewType when IsSigned(to) => Generic(nameof(ReadOrThrow), to, to),
        _ when TextReading.HasTextForm(to) => Generic(nameof(ReadOrDefault), to, to),
        _ => null,
    };

    private static Delegate Generic(string method, DataViewType type, params object[] arguments) =>
        GenericMethod.Call<Delegate>(typeof(ValueConversion), method, type.RawType, arguments);

    private static Delegate Numeric(string method, DataViewType from, DataViewType to) =>
        GenericMethod.Call<Delegate>(typeof(ValueConversion), method, [from.RawType, to.RawType]);

    private static Delegate Narrowing(DataViewType from, DataViewType to) => Numeric(nameof(Fit), from, to);

    private static Func<TFrom, TTo> Truncate<TFrom, TTo>() where TFrom : INumberBase<TFrom> where TTo : INumberBase<TTo> => value => TTo.CreateTruncating(value);

    private static Func<TFrom, TTo> Fit<TFrom, TTo>() where TFrom : IBinaryInteger<TFrom> where TTo : IBinaryInteger<TTo>
    {
        ulong largest = Largest(typeof(TTo));
        return value => ulong.CreateTruncating(value) <= largest ? TTo.CreateTruncating(value) : TTo.Zero;
    }

    private static Func<T, ReadOnlyMemory<char>> Write<T>() => value => TextWriting.Converted(value).AsMemory();

    private static Func<T, bool> ToFlag<T>() => value => !EqualityComparer<T>.Default.Equals(value, default);

    private static Func<bool, T> FromFlag<T>() where T : INumberBase<T> => value => value ? T.One : T.Zero;

    private static Delegate FromTicks<T>(Func<T, long> ticks, DataViewType to) => Type.GetTypeCode(to.RawType) switch
    {
        TypeCode.Int64 => ticks,
        TypeCode.Single => (T value) => (float)ticks(value),
        _ => (T value) => (double)ticks(value),
    };

    private static Func<ReadOnlyMemory<char>, T> ReadOrDefault<T>(PrimitiveDataViewType type)
    {
        var read = TextReading.Of<T>(type);
        return text =>
        {
            read(text, out var value);
            return value;
        };
    }

    // A signed integer has no value to spare for "missing".
    private static Func<ReadOnlyMemory<char>, T> ReadOrThrow<T>(PrimitiveDataViewType type)
    {
        var read = TextReading.Of<T>(type);
        return text => read(text, out var value) ? value : throw new InvalidOperationException($"Value could not be parsed from text to {type}: '{text}'.");
    }
}
