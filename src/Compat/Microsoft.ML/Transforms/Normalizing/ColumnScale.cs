using System.Numerics;
using Microsoft.ML.Runtime;
using static Microsoft.ML.Transforms.NormalizingTransformer;

namespace Microsoft.ML.Data;

/// <summary>A learned function of a column's values, slot by slot.</summary>
internal abstract class ColumnScale(DataViewType type)
{
    /// <summary>The type it was learned of, and makes.</summary>
    public DataViewType Type => type;

    public abstract NormalizerModelParametersBase Parameters { get; }

    public static bool CanScale(DataViewType itemType) => itemType == NumberDataViewType.Single || itemType == NumberDataViewType.Double;

    public abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column);

    public abstract void Save(BinaryWriter writer);

    public static ColumnScale Load(BinaryReader reader)
    {
        var type = SchemaCodec.ReadType(reader);
        bool isAffine = reader.ReadBoolean();
        return GenericMethod.Call<ColumnScale>(typeof(ColumnScale), nameof(LoadTyped), type.ItemType().RawType, type, isAffine, reader);
    }

    private static ColumnScale LoadTyped<T>(DataViewType type, bool isAffine, BinaryReader reader) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] first = [.. ValueCodec.ReadVector<T>(reader).DenseValues()], second = [.. ValueCodec.ReadVector<T>(reader).DenseValues()];
        return isAffine ? new AffineScale<T>(type, first, second) : new CdfScale<T>(type, first, second);
    }
}

/// <summary>A function with two numbers for each slot.</summary>
internal abstract class ColumnScale<T>(DataViewType type, T[] first, T[] second) : ColumnScale(type) where T : unmanaged, IFloatingPointIeee754<T>
{
    protected T[] First => first;

    protected T[] Second => second;

    protected abstract bool IsAffine { get; }

    public sealed override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column)
    {
        if (Type is not VectorDataViewType)
            return ConvertingGetter.Make<T, T>(row, column, value => Apply(0, value));
        var get = row.GetGetter<VBuffer<T>>(column);
        // Where zeros stay zeros, sparse vectors stay sparse.
        bool fixesZero = Enumerable.Range(0, First.Length).All(slot => Apply(slot, T.Zero) == T.Zero);
        VBuffer<T> source = default, dense = default;
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> destination) =>
        {
            get(ref source);
            Check.That(source.Length == First.Length, $"Column '{column.Name}': expected {First.Length} slots, but got {source.Length}");
            if (source.IsDense || fixesZero)
            {
                Apply(source, ref destination);
                return;
            }

            source.CopyToDense(ref dense);
            Apply(dense, ref destination);
        });
    }

    public sealed override void Save(BinaryWriter writer)
    {
        SchemaCodec.WriteType(writer, Type);
        writer.Write(IsAffine);
        ValueCodec.WriteVector(writer, new VBuffer<T>(First.Length, First));
        ValueCodec.WriteVector(writer, new VBuffer<T>(Second.Length, Second));
    }

    protected abstract T Apply(int slot, T value);

    private void Apply(in VBuffer<T> source, ref VBuffer<T> destination)
    {
        var values = source.GetValues();
        var indices = source.GetIndices();
        var editor = VBufferEditor.Create(ref destination, source.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
            editor.Values[i] = Apply(indices.IsEmpty ? i : indices[i], values[i]);
        indices.CopyTo(editor.Indices);
        destination = editor.Commit();
    }
}
