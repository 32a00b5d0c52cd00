using System.Collections.Frozen;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>How the values of column types are written into model files; vectors as their length and their values, all of them.</summary>
internal static class ValueCodec
{
    private static readonly FrozenDictionary<Type, (Delegate Write, Delegate Read)> s_codecs = new Dictionary<Type, (Delegate, Delegate)>
    {
        [typeof(sbyte)] = Pair((w, v) => w.Write(v), r => r.ReadSByte()),
        [typeof(byte)] = Pair((w, v) => w.Write(v), r => r.ReadByte()),
        [typeof(short)] = Pair((w, v) => w.Write(v), r => r.ReadInt16()),
        [typeof(ushort)] = Pair((w, v) => w.Write(v), r => r.ReadUInt16()),
        [typeof(int)] = Pair((w, v) => w.Write(v), r => r.ReadInt32()),
        [typeof(uint)] = Pair((w, v) => w.Write(v), r => r.ReadUInt32()),
        [typeof(long)] = Pair((w, v) => w.Write(v), r => r.ReadInt64()),
        [typeof(ulong)] = Pair((w, v) => w.Write(v), r => r.ReadUInt64()),
        [typeof(float)] = Pair((w, v) => w.Write(v), r => r.ReadSingle()),
        [typeof(double)] = Pair((w, v) => w.Write(v), r => r.ReadDouble()),
        [typeof(bool)] = Pair((w, v) => w.Write(v), r => r.ReadBoolean()),
        [typeof(ReadOnlyMemory<char>)] = Pair((w, v) => w.Write(v.ToString()), r => r.ReadString().AsMemory()),
        [typeof(DateTime)] = Pair((w, v) => w.Write(v.ToBinary()), r => DateTime.FromBinary(r.ReadInt64())),
        [typeof(DateTimeOffset)] = Pair<DateTimeOffset>(
            (w, v) => { w.Write(v.Ticks); w.Write(v.Offset.Ticks); }, r => new(r.ReadInt64(), new(r.ReadInt64()))),
        [typeof(TimeSpan)] = Pair((w, v) => w.Write(v.Ticks), r => new TimeSpan(r.ReadInt64())),
        [typeof(DataViewRowId)] = Pair<DataViewRowId>((w, v) => { w.Write(v.Low); w.Write(v.High); }, r => new(r.ReadUInt64(), r.ReadUInt64())),
    }.ToFrozenDictionary();

    public static bool Knows(DataViewType type) => s_codecs.ContainsKey(type.ItemType().RawType);

    public static void Write<T>(BinaryWriter writer, T value) => ((Action<BinaryWriter, T>)s_codecs[typeof(T)].Write)(writer, value);

    public static T Read<T>(BinaryReader reader) => ((Func<BinaryReader, T>)s_codecs[typeof(T)].Read)(reader);

    public static void WriteVector<T>(BinaryWriter writer, in VBuffer<T> value)
    {
        var write = (Action<BinaryWriter, T>)s_codecs[typeof(T)].Write;
        writer.Write(value.Length);
        foreach (var item in value.DenseValues())
            write(writer, item);
    }

    public static VBuffer<T> ReadVector<T>(BinaryReader reader)
    {
        var read = (Func<BinaryReader, T>)s_codecs[typeof(T)].Read;
        var items = new T[reader.ReadInt32()];
        for (int i = 0; i < items.Length; i++)
            items[i] = read(reader);
        return new(items.Length, items);
    }

    private static (Delegate, Delegate) Pair<T>(Action<BinaryWriter, T> write, Func<BinaryReader, T> read) => (write, read);
}
