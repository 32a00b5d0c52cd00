using System.Collections.Immutable;
using System.Text;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>How column types and schemas are written into model files. A column or annotation of a type that has no form there, an image for one, is left out.</summary>
internal static class SchemaCodec
{
    // A type's number in the file is its place here: append only.
    private static readonly ImmutableArray<PrimitiveDataViewType> s_primitives =
    [
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double, BooleanDataViewType.Instance, TextDataViewType.Instance,
        DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance, RowIdDataViewType.Instance,
    ];

    private const byte Key = 0x80;
    private const byte Vector = 0x81;

    public static void Write(Stream stream, DataViewSchema schema)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        var columns = schema.Where(column => HasForm(column.Type)).ToList();
        writer.Write(columns.Count);
        foreach (var column in columns)
        {
            writer.Write(column.Name);
            WriteType(writer, column.Type);
            var annotations = column.Annotations.Schema.Where(annotation => HasForm(annotation.Type)).ToList();
            writer.Write(annotations.Count);
            foreach (var annotation in annotations)
            {
                writer.Write(annotation.Name);
                WriteType(writer, annotation.Type);
                Call(nameof(WriteValue), nameof(WriteVector), annotation.Type, writer, column.Annotations, annotation);
            }
        }
    }

    public static DataViewSchema Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        var schema = new DataViewSchema.Builder();
        for (int column = reader.ReadInt32(); column > 0; column--)
        {
            string name = reader.ReadString();
            var type = ReadType(reader);
            var annotations = new DataViewSchema.Annotations.Builder();
            for (int annotation = reader.ReadInt32(); annotation > 0; annotation--)
            {
                string kind = reader.ReadString();
                var annotationType = ReadType(reader);
                annotations.Add(kind, annotationType, (Delegate)Call(nameof(ReadValue), nameof(ReadVector), annotationType, reader));
            }
            schema.AddColumn(name, type, annotations.ToAnnotations());
        }
        return schema.ToSchema();
    }

    public static void WriteType(BinaryWriter writer, DataViewType type)
    {
        switch (type)
        {
            case VectorDataViewType vector:
                writer.Write(Vector);
                WriteType(writer, vector.ItemType);
                writer.Write(vector.Dimensions.Length);
                foreach (int dimension in vector.Dimensions)
                    writer.Write(dimension);
                break;
            case KeyDataViewType key:
                writer.Write(Key);
                writer.Write((byte)s_primitives.IndexOf(RawTypes.Primitive(key.RawType)));
                writer.Write(key.Count);
                break;
            default:
                writer.Write((byte)s_primitives.IndexOf((PrimitiveDataViewType)type));
                break;
        }
    }

    public static DataViewType ReadType(BinaryReader reader)
    {
        byte number = reader.ReadByte();
        switch (number)
        {
            case Vector:
                var item = (PrimitiveDataViewType)ReadType(reader);
                int[] dimensions = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadInt32())];
                return new VectorDataViewType(item, dimensions);
            case Key:
                return new KeyDataViewType(Primitive(reader.ReadByte()).RawType, reader.ReadUInt64());
            default:
                return Primitive(number);
        }
    }

    public static bool HasForm(DataViewType type) => type.ItemType() is var item && (item is KeyDataViewType || item is PrimitiveDataViewType primitive && s_primitives.Contains(primitive));

    private static PrimitiveDataViewType Primitive(byte number) =>
        number < s_primitives.Length ? s_primitives[number] : throw new FormatException($"The model file has a column type {number}, which this library does not know.");

    private static object Call(string scalar, string vector, DataViewType type, params object[] arguments) =>
        GenericMethod.Call<object>(typeof(SchemaCodec), type is VectorDataViewType ? vector : scalar, type.ItemType().RawType, arguments);

    private static void WriteValue<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        T value = default;
        annotations.GetGetter<T>(annotation)(ref value);
        ValueCodec.Write(writer, value);
    }

    private static void WriteVector<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        VBuffer<T> value = default;
        annotations.GetGetter<VBuffer<T>>(annotation)(ref value);
        ValueCodec.WriteVector(writer, value);
    }

    private static Delegate ReadValue<T>(BinaryReader reader) => ConstantGetter.Make(ValueCodec.Read<T>(reader));

    private static Delegate ReadVector<T>(BinaryReader reader) => ConstantGetter.Make(ValueCodec.ReadVector<T>(reader));
}
