using System.Numerics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>What stands for the missing values of a column.</summary>
internal abstract class Replacement(DataViewType type)
{
    /// <summary>The type of the column.</summary>
    public DataViewType Type => type;

    public abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column);

    public abstract void Save(BinaryWriter writer);

    public static Replacement Load(BinaryReader reader)
    {
        var type = SchemaCodec.ReadType(reader);
        return GenericMethod.Call<Replacement>(typeof(Replacement), nameof(LoadTyped), type.ItemType().RawType, type, reader);
    }

    private static Replacement<T> LoadTyped<T>(DataViewType type, BinaryReader reader) where T : unmanaged, IFloatingPointIeee754<T> =>
        new(type, [.. ValueCodec.ReadVector<T>(reader).DenseValues()]);
}

/// <summary>One value for all, or one for each slot.</summary>
internal sealed class Replacement<T>(DataViewType type, T[] values) : Replacement(type) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column)
    {
        if (values.Length == 1)
            return ConvertingGetter.Make<T, T>(row, column, value => T.IsNaN(value) ? values[0] : value);
        var get = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> source = default;
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> destination) =>
        {
            get(ref source);
            Check.That(source.Length == values.Length, $"Column '{column.Name}': expected {values.Length} slots, but got {source.Length}");
            source.CopyTo(ref destination);
            var indices = source.GetIndices();
            var editor = VBufferEditor.CreateFromBuffer(ref destination);
            for (int i = 0; i < editor.Values.Length; i++)
                if (T.IsNaN(editor.Values[i]))
                    editor.Values[i] = values[indices.IsEmpty ? i : indices[i]];
            destination = editor.Commit();
        });
    }

    public override void Save(BinaryWriter writer)
    {
        SchemaCodec.WriteType(writer, Type);
        ValueCodec.WriteVector(writer, new VBuffer<T>(values.Length, values));
    }
}
