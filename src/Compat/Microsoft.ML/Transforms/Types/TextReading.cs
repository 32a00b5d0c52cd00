using System.Globalization;
using System.Numerics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Reads a value from a text. False if the text is none; <paramref name="value"/> is then the type's missing value, or its default.</summary>
internal delegate bool TextValueReader<T>(ReadOnlyMemory<char> text, out T value);

/// <summary>How reals are written.</summary>
internal readonly record struct RealStyle(bool CommaIsDecimal, bool EmptyIsMissing);

/// <summary>The readers of all types that have a text form.</summary>
internal static class TextReading
{
    private static readonly NumberFormatInfo s_comma = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    /// <summary>Whether values of a type, or of a vector's items, can be read from text and written as text.</summary>
    public static bool HasTextForm(DataViewType type) => type.ItemType() is KeyDataViewType or NumberDataViewType or TextDataViewType
        or BooleanDataViewType or TimeSpanDataViewType or DateTimeDataViewType or DateTimeOffsetDataViewType;

    public static TextValueReader<T> Of<T>(PrimitiveDataViewType type, RealStyle style = default) => (TextValueReader<T>)OfAny(type, style);

    private static Delegate OfAny(PrimitiveDataViewType type, RealStyle style)
    {
        if (type is KeyDataViewType key)
            return GenericMethod.Call<Delegate>(typeof(TextReading), nameof(Key), key.RawType, key.Count);
        return Type.GetTypeCode(type.RawType) switch
        {
            TypeCode.SByte => Signed<sbyte>(),
            TypeCode.Int16 => Signed<short>(),
            TypeCode.Int32 => Signed<int>(),
            TypeCode.Int64 => Signed<long>(),
            TypeCode.Byte => Unsigned<byte>(),
            TypeCode.UInt16 => Unsigned<ushort>(),
            TypeCode.UInt32 => Unsigned<uint>(),
            TypeCode.UInt64 => Unsigned<ulong>(),
            TypeCode.Single => (TextValueReader<float>)((ReadOnlyMemory<char> text, out float value) =>
            {
                bool read = ReadReal(text.Span, style, out double real);
                value = (float)real;
                return read;
            }),
            TypeCode.Double => (TextValueReader<double>)((ReadOnlyMemory<char> text, out double value) => ReadReal(text.Span, style, out value)),
            TypeCode.Boolean => (TextValueReader<bool>)ReadFlag,
            TypeCode.DateTime => Parsed((string text, out DateTime value) =>
                DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value)),
            _ when type is DateTimeOffsetDataViewType => Parsed((string text, out DateTimeOffset value) =>
                DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value)),
            _ when type is TimeSpanDataViewType => Parsed((string text, out TimeSpan value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value)),
            _ when type is TextDataViewType => (TextValueReader<ReadOnlyMemory<char>>)((ReadOnlyMemory<char> text, out ReadOnlyMemory<char> value) =>
            {
                value = text;
                return true;
            }),
            _ => throw new InvalidOperationException($"Values of type {type} have no text form."),
        };
    }

    /// <summary>A question mark, NA, N/A or NaN, in any case.</summary>
    public static bool IsMissing(ReadOnlySpan<char> text) => text.Length switch
    {
        1 => text[0] == '?',
        2 => text.Equals("NA", StringComparison.OrdinalIgnoreCase),
        3 => text.Equals("N/A", StringComparison.OrdinalIgnoreCase) || text.Equals("NaN", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    // Digits only: no sign, no blanks.
    private static bool ReadDigits(ReadOnlySpan<char> text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static TextValueReader<T> Signed<T>() where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => (ReadOnlyMemory<char> text, out T value) =>
    {
        value = default;
        if (text.IsEmpty)
            return true;
        bool negative = text.Span[0] == '-';
        ulong most = ulong.CreateChecked(T.MaxValue) + (negative ? 1u : 0);
        if (!ReadDigits(negative ? text.Span[1..] : text.Span, out ulong digits) || digits > most)
            return false;
        value = T.CreateTruncating(negative ? 0 - digits : digits);
        return true;
    };

    private static TextValueReader<T> Unsigned<T>() where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => (ReadOnlyMemory<char> text, out T value) =>
    {
        bool read = ReadDigits(text.Span, out ulong digits) && digits <= ulong.CreateChecked(T.MaxValue);
        value = read ? T.CreateTruncating(digits) : default;
        return read;
    };

    // Keys are written from 0 and held from 1.
    private static TextValueReader<T> Key<T>(ulong count) where T : struct, IBinaryInteger<T> => (ReadOnlyMemory<char> text, out T value) =>
    {
        value = default;
        if (text.IsEmpty || IsMissing(text.Span))
            return true;
        if (!ReadDigits(text.Span, out ulong key) || key >= count)
            return false;
        value = T.CreateTruncating(key + 1);
        return true;
    };

    private static bool ReadReal(ReadOnlySpan<char> text, RealStyle style, out double value)
    {
        // Blanks may follow a number; one with blanks before it is none.
        var trimmed = text.TrimEnd();
        if (trimmed.IsEmpty)
        {
            value = style.EmptyIsMissing ? double.NaN : 0;
            return true;
        }

        // .NET takes more than digits: names of infinity in any case, and signs behind the number.
        if (trimmed.ContainsAnyExcept("0123456789+-.,eE"))
        {
            value = trimmed switch
            {
                "Infinity" or "∞" => double.PositiveInfinity,
                "-Infinity" or "-∞" => double.NegativeInfinity,
                _ => double.NaN,
            };
            return !double.IsNaN(value) || IsMissing(trimmed);
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(trimmed, Style, style.CommaIsDecimal ? s_comma : NumberFormatInfo.InvariantInfo, out value))
            return true;
        value = double.NaN;
        return false;
    }

    private static bool ReadFlag(ReadOnlyMemory<char> text, out bool value)
    {
        string word = text.Length <= 5 ? text.ToString().ToUpperInvariant() : null;
        value = word is "T" or "Y" or "1" or "+" or "+1" or "YES" or "TRUE";
        return value || word is "" or "F" or "N" or "0" or "-" or "-1" or "NO" or "FALSE";
    }

    private delegate bool Parse<T>(string text, out T value);

    private static TextValueReader<T> Parsed<T>(Parse<T> parse) => (ReadOnlyMemory<char> text, out T value) =>
    {
        value = default;
        return text.IsEmpty || parse(text.ToString(), out value);
    };
}
