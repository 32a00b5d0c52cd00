using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Getters that apply a function of one value to a column, or to each item of a column of vectors.</summary>
internal static class ConvertingGetter
{
    /// <param name="row">The row.</param>
    /// <param name="column">A column of it, of items of TFrom.</param>
    /// <param name="convert">The function. Where it makes the default of a default, sparse vectors stay sparse.</param>
    public static Delegate Make<TFrom, TTo>(DataViewRow row, DataViewSchema.Column column, Func<TFrom, TTo> convert)
    {
        if (column.Type is VectorDataViewType vector)
            return OfVector(row, column, vector.Size, convert);
        var get = row.GetGetter<TFrom>(column);
        TFrom source = default;
        return (ValueGetter<TTo>)((ref TTo value) =>
        {
            get(ref source);
            value = convert(source);
        });
    }

    /// <summary>As <see cref="Make{TFrom, TTo}"/>, for a function whose types are known only at run time.</summary>
    public static Delegate Make(DataViewRow row, DataViewSchema.Column column, Delegate convert) =>
        GenericMethod.Call<Delegate>(typeof(ConvertingGetter), nameof(MakeTyped), convert.GetType().GetGenericArguments(), row, column, convert);

    private static Delegate MakeTyped<TFrom, TTo>(DataViewRow row, DataViewSchema.Column column, Func<TFrom, TTo> convert) => Make(row, column, convert);

    private static ValueGetter<VBuffer<TTo>> OfVector<TFrom, TTo>(DataViewRow row, DataViewSchema.Column column, int size, Func<TFrom, TTo> convert)
    {
        var get = row.GetGetter<VBuffer<TFrom>>(column);
        bool keepsDefault = EqualityComparer<TTo>.Default.Equals(convert(default), default);
        VBuffer<TFrom> source = default, dense = default;
        return (ref VBuffer<TTo> value) =>
        {
            get(ref source);
            Check.That(size == 0 || source.Length == size, $"Column '{column.Name}': expected {size} slots, but got {source.Length}");
            if (!source.IsDense && !keepsDefault)
            {
                source.CopyToDense(ref dense);
                Convert(dense, ref value, convert);
            }
            else
            {
                Convert(source, ref value, convert);
            }
        };
    }

    private static void Convert<TFrom, TTo>(in VBuffer<TFrom> source, ref VBuffer<TTo> value, Func<TFrom, TTo> convert)
    {
        var from = source.GetValues();
        var editor = VBufferEditor.Create(ref value, source.Length, from.Length);
        for (int i = 0; i < from.Length; i++)
            editor.Values[i] = convert(from[i]);
        source.GetIndices().CopyTo(editor.Indices);
        value = editor.Commit();
    }
}
