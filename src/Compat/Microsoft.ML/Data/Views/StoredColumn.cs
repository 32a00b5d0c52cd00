using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Values of one column kept in memory, by row; vectors are copied in and out.</summary>
internal abstract class StoredColumn
{
    /// <summary>For the column of a row's schema; null if <paramref name="row"/> is only wanted later (see <see cref="Attach"/>).</summary>
    public static StoredColumn Make(DataViewRow row, DataViewSchema.Column column)
    {
        var stored = column.Type is VectorDataViewType vector
            ? GenericMethod.Call<StoredColumn>(typeof(StoredColumn), nameof(MakeVectors), vector.ItemType.RawType)
            : GenericMethod.Call<StoredColumn>(typeof(StoredColumn), nameof(MakeValues), column.Type.RawType);
        stored.Attach(row, column);
        return stored;
    }

    /// <summary>The rows' identities, kept like a column.</summary>
    public static StoredColumn MakeIds(DataViewRow row) => new Values<DataViewRowId> { Getter = row.GetIdGetter() };

    public abstract int Count { get; }

    /// <summary>Keeps the current row's value behind those kept before.</summary>
    public abstract void Add();

    /// <summary>Keeps the current row's value in the place of another.</summary>
    public abstract void Replace(int index);

    /// <summary>A getter of the value at the place that <paramref name="index"/> tells; it may throw where there is none.</summary>
    public abstract Delegate MakeGetter(Func<int> index);

    protected abstract void Attach(DataViewRow row, DataViewSchema.Column column);

    /// <summary>Whether values of a type can outlive their row: an image, for one, belongs to it.</summary>
    public static bool CanHold(DataViewType type) => type is PrimitiveDataViewType or VectorDataViewType;

    private static Values<T> MakeValues<T>() => new();

    private static Vectors<T> MakeVectors<T>() => new();

    private class Values<T> : StoredColumn
    {
        protected readonly List<T> Stored = [];

        public ValueGetter<T> Getter { get; set; }

        public override int Count => Stored.Count;

        public override void Add() => Stored.Add(Read());

        public override void Replace(int index) => Stored[index] = Read();

        public override Delegate MakeGetter(Func<int> index) => (ValueGetter<T>)((ref T value) => value = Stored[index()]);

        protected override void Attach(DataViewRow row, DataViewSchema.Column column) => Getter = row.GetGetter<T>(column);

        // A fresh variable each time, so that no array is shared with the value before.
        private T Read()
        {
            T value = default;
            Getter(ref value);
            return value;
        }
    }

    private sealed class Vectors<T> : Values<VBuffer<T>>
    {
        public override Delegate MakeGetter(Func<int> index) =>
            (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => Stored[index()].CopyTo(ref value));
    }
}
