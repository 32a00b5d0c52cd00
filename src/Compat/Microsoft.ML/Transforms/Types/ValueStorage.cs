using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Primitive types, vectors of them, and their values in the state of a model.</summary>
internal static class ValueStorage
{
    private const byte IsKey = 0x80;

    // The place of a type in this list is its number in model files: only ever add to the end.
    private static readonly PrimitiveDataViewType[] s_types =
    [
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double, BooleanDataViewType.Instance, TextDataViewType.Instance,
        TimeSpanDataViewType.Instance, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance, RowIdDataViewType.Instance,
    ];

    public static void WriteType(this BinaryWriter writer, PrimitiveDataViewType type)
    {
        int number = Array.FindIndex(s_types, t => t.RawType == type.RawType);
        Check.That(number >= 0, $"Values of type {type} cannot be saved.");
        writer.Write((byte)(number | (type is KeyDataViewType ? IsKey : 0)));
        if (type is KeyDataViewType key)
            writer.Write(key.Count);
    }

    public static PrimitiveDataViewType ReadType(this BinaryReader reader)
    {
        byte number = reader.ReadByte();
        var type = s_types[number & ~IsKey];
        return (number & IsKey) == 0 ? type : new KeyDataViewType(type.RawType, reader.ReadUInt64());
    }

    /// <summary>A primitive type or a vector of one.</summary>
    public static void WriteColumnType(this BinaryWriter writer, DataViewType type)
    {
        Check.That(type.ItemType() is PrimitiveDataViewType, $"Columns of type {type} cannot be saved.");
        writer.WriteType((PrimitiveDataViewType)type.ItemType());
        writer.WriteValues<int>(type is VectorDataViewType vector ? vector.Dimensions.AsSpan() : []);
    }

    public static DataViewType ReadColumnType(this BinaryReader reader)
    {
        var item = reader.ReadType();
        var dimensions = reader.ReadValues<int>();
        return dimensions.Length == 0 ? item : new VectorDataViewType(item, dimensions);
    }

    /// <summary>Those annotations that can be saved; others are left out.</summary>
    public static void WriteAnnotations(this BinaryWriter writer, DataViewSchema.Annotations annotations)
    {
        var kept = annotations.Schema.Where(annotation => annotation.Type.ItemType() is PrimitiveDataViewType).ToArray();
        writer.Write(kept.Length);
        foreach (var annotation in kept)
        {
            writer.Write(annotation.Name);
            writer.WriteColumnType(annotation.Type);
            GenericMethod.Call<object>(typeof(ValueStorage), annotation.Type is VectorDataViewType ? nameof(WriteVector) : nameof(WriteScalar),
                annotation.Type.ItemType().RawType, writer, annotations, annotation);
        }
    }

    public static DataViewSchema.Annotations ReadAnnotations(this BinaryReader reader)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            string name = reader.ReadString();
            var type = reader.ReadColumnType();
            builder.Add(name, type, GenericMethod.Call<Delegate>(typeof(ValueStorage), type is VectorDataViewType ? nameof(ReadVector) : nameof(ReadScalar), type.ItemType().RawType, reader));
        }

        return builder.ToAnnotations();
    }

    public static void WriteValues<T>(this BinaryWriter writer, ReadOnlySpan<T> values)
    {
        writer.Write(values.Length);
        foreach (var value in values)
            writer.WriteValue(value);
    }

    public static T[] ReadValues<T>(this BinaryReader reader)
    {
        var values = new T[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++)
            values[i] = reader.ReadValue<T>();
        return values;
    }

    private static object WriteScalar<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        T value = default;
        annotations.GetGetter<T>(annotation)(ref value);
        writer.WriteValue(value);
        return null;
    }

    private static object WriteVector<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        var vector = default(VBuffer<T>);
        annotations.GetGetter<VBuffer<T>>(annotation)(ref vector);
        writer.WriteValues<T>([.. vector.DenseValues()]);
        return null;
    }

    private static ValueGetter<T> ReadScalar<T>(BinaryReader reader)
    {
        var value = reader.ReadValue<T>();
        return (ref T destination) => destination = value;
    }

    private static ValueGetter<VBuffer<T>> ReadVector<T>(BinaryReader reader)
    {
        var values = reader.ReadValues<T>();
        return (ref VBuffer<T> destination) => VBuffer<T>.Copy(values, 0, ref destination, values.Length);
    }

    private static void WriteValue<T>(this BinaryWriter writer, T value)
    {
        switch (value)
        {
            case sbyte v: writer.Write(v); break;
            case byte v: writer.Write(v); break;
            case short v: writer.Write(v); break;
            case ushort v: writer.Write(v); break;
            case int v: writer.Write(v); break;
            case uint v: writer.Write(v); break;
            case long v: writer.Write(v); break;
            case ulong v: writer.Write(v); break;
            case float v: writer.Write(v); break;
            case double v: writer.Write(v); break;
            case bool v: writer.Write(v); break;
            case ReadOnlyMemory<char> v: writer.Write(v.ToString()); break;
            case TimeSpan v: writer.Write(v.Ticks); break;
            case DateTime v: writer.Write(v.ToBinary()); break;
            case DateTimeOffset v: writer.Write(v.Ticks); writer.Write(v.Offset.Ticks); break;
            case DataViewRowId v: writer.Write(v.Low); writer.Write(v.High); break;
            default: throw new InvalidOperationException($"Values of type {typeof(T)} cannot be saved.");
        }
    }

    private static T ReadValue<T>(this BinaryReader reader)
    {
        object value = default(T) switch
        {
            sbyte => reader.ReadSByte(),
            byte => reader.ReadByte(),
            short => reader.ReadInt16(),
            ushort => reader.ReadUInt16(),
            int => reader.ReadInt32(),
            uint => reader.ReadUInt32(),
            long => reader.ReadInt64(),
            ulong => reader.ReadUInt64(),
            float => reader.ReadSingle(),
            double => reader.ReadDouble(),
            bool => reader.ReadBoolean(),
            ReadOnlyMemory<char> => reader.ReadString().AsMemory(),
            TimeSpan => new TimeSpan(reader.ReadInt64()),
            DateTime => DateTime.FromBinary(reader.ReadInt64()),
            DateTimeOffset => new DateTimeOffset(reader.ReadInt64(), new(reader.ReadInt64())),
            DataViewRowId => new DataViewRowId(reader.ReadUInt64(), reader.ReadUInt64()),
            _ => throw new InvalidOperationException($"Values of type {typeof(T)} cannot be loaded."),
        };
        return (T)value;
    }
}
