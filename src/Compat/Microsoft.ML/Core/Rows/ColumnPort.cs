using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Carries one column's values from a row into arrays and from arrays to getters; vectors are copied both ways.</summary>
internal abstract class ColumnPort
{
    public static ColumnPort Of(DataViewRow row, DataViewSchema.Column column) => column.Type is VectorDataViewType vector
        ? GenericMethod.Call<ColumnPort>(typeof(ColumnPort), nameof(OfVector), vector.ItemType.RawType, row, column)
        : GenericMethod.Call<ColumnPort>(typeof(ColumnPort), nameof(OfValue), column.Type.RawType, row, column);

    public static ColumnPort OfId(DataViewRow row) => new Port<DataViewRowId>(row.GetIdGetter());

    public abstract Array MakeStore(int size);

    /// <summary>Puts the row's current value into a store.</summary>
    public abstract void Read(Array store, int index);

    /// <summary>A getter of the value at the index in the store, both asked for at each call.</summary>
    public abstract Delegate MakeGetter(Func<Array> store, Func<int> index);

    private static Port<T> OfValue<T>(DataViewRow row, DataViewSchema.Column column) => new(row.GetGetter<T>(column));

    private static VectorPort<T> OfVector<T>(DataViewRow row, DataViewSchema.Column column) => new(row.GetGetter<VBuffer<T>>(column));

    private class Port<T>(ValueGetter<T> getter) : ColumnPort
    {
        public sealed override Array MakeStore(int size) => new T[size];

        public sealed override void Read(Array store, int index) => getter(ref ((T[])store)[index]);

        public override Delegate MakeGetter(Func<Array> store, Func<int> index) =>
            (ValueGetter<T>)((ref T value) => value = ((T[])store())[index()]);
    }

    private sealed class VectorPort<T>(ValueGetter<VBuffer<T>> getter) : Port<VBuffer<T>>(getter)
    {
        public override Delegate MakeGetter(Func<Array> store, Func<int> index) =>
            (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => ((VBuffer<T>[])store())[index()].CopyTo(ref value));
    }
}
