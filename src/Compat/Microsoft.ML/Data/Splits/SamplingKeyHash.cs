using System.Buffers.Binary;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A number in [0, 1) made of any value by hashing it to 30 bits, as the packages' hashing of sampling keys does.</summary>
internal static class SamplingKeyHash
{
    private const int Bits = 30;
    private const uint DefaultSeed = 314489979;

    public static RowTest InInterval(DataViewSchema.Column column, Interval interval, int? seed)
    {
        uint start = seed is { } given ? (uint)given : DefaultSeed;
        var item = column.Type.ItemType();
        var method = column.Type is VectorDataViewType ? nameof(VectorHash) : nameof(ScalarHash);
        return new([column.Index], row =>
        {
            var hash = GenericMethod.Call<Func<uint>>(typeof(SamplingKeyHash), method, item.RawType, row, column, start);
            // The hash is a key: 0, for a missing value, lies in no interval.
            return () => hash() is var key and not 0 && interval.Has((key - 0.5) / (1u << Bits));
        });
    }

    private static Func<uint> ScalarHash<T>(DataViewRow row, DataViewSchema.Column column, uint seed)
    {
        var getter = row.GetGetter<T>(column);
        bool isKey = column.Type is KeyDataViewType;
        T value = default;
        return () =>
        {
            getter(ref value);
            uint hash = seed;
            int length = 0;
            return Add(value, isKey, ref hash, ref length) ? ToKey(hash, length) : 0;
        };
    }

    private static Func<uint> VectorHash<T>(DataViewRow row, DataViewSchema.Column column, uint seed)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        bool isKey = column.Type.ItemType() is KeyDataViewType;
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            uint hash = seed;
            int length = 0;
            foreach (var item in value.DenseValues())
                if (!Add(item, isKey, ref hash, ref length))
                    return 0;
            return ToKey(hash, length);
        };
    }

    // Texts are mixed one by one, so their length is not mixed in at the end (-1 says so).
    private static uint ToKey(uint hash, int length) => ((length < 0 ? hash : Murmur3.Mix(hash ^ (uint)length)) & ((1u << Bits) - 1)) + 1;

    /// <summary>Mixes a value into the hash; false if it is missing. Times count as their ticks.</summary>
    private static bool Add<T>(T value, bool isKey, ref uint hash, ref int length)
    {
        switch (value)
        {
            case ReadOnlyMemory<char> text:
                hash = Murmur3.Hash(hash, Encoding.UTF8.GetBytes(text.Span.Trim(' ').ToString()));
                length = -1;
                return !text.IsEmpty;
            case float number:
                return Add(BitConverter.SingleToUInt32Bits(number == 0 ? 0 : number), ref hash, ref length) && !float.IsNaN(number);
            case double number:
                return Add(BitConverter.DoubleToUInt64Bits(number == 0 ? 0 : number), ref hash, ref length) && !double.IsNaN(number);
            case ulong number:
                return Add(number, ref hash, ref length) && !(isKey && number == 0);
            case long number:
                return Add((ulong)number, ref hash, ref length);
            case DateTime time:
                return Add((ulong)time.Ticks, ref hash, ref length);
            case DateTimeOffset time:
                return Add((ulong)time.UtcTicks, ref hash, ref length);
            case TimeSpan time:
                return Add((ulong)time.Ticks, ref hash, ref length);
            case DataViewRowId id:
                return Add(id.Low, ref hash, ref length) && Add(id.High, ref hash, ref length);
            case bool flag:
                return Add(flag ? 1u : 0u, ref hash, ref length);
            case IConvertible number:
                uint bits = unchecked((uint)number.ToInt64(null));
                return Add(bits, ref hash, ref length) && !(isKey && bits == 0);
            default:
                throw new NotSupportedException($"A sampling key cannot be of type {typeof(T)}.");
        }
    }

    private static bool Add(uint block, ref uint hash, ref int length)
    {
        hash = Murmur3.Round(hash, block);
        length += sizeof(uint);
        return true;
    }

    private static bool Add(ulong value, ref uint hash, ref int length) =>
        Add((uint)value, ref hash, ref length) && Add((uint)(value >> 32), ref hash, ref length);
}
