using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Getters that read an object's members as a row's columns.</summary>
internal static class ObjectGetters
{
    /// <param name="row">The object of the current row; throws where there is none.</param>
    /// <param name="definition">The columns of the object's class.</param>
    /// <param name="active">Which of them are wanted; the getters of the others are null.</param>
    public static Delegate[] Make<TRow>(Func<TRow> row, RowDefinition definition, Func<int, bool> active) =>
        [.. definition.Columns.Select((c, i) => active(i) ? Make(row, c.Column.Type, c.Member) : null)];

    private static Delegate Make<TRow>(Func<TRow> row, DataViewType type, RowMember member)
    {
        if (member.Type == typeof(string))
            return FromString(row, member);
        if (member.Type == typeof(string[]))
            return FromStrings(row, member);
        string method = member.Type.IsArray ? nameof(FromArray)
            : member.IsVector ? nameof(FromBuffer)
            : type is KeyDataViewType ? nameof(FromKey)
            : nameof(FromValue);
        return GenericMethod.Call<Delegate>(typeof(ObjectGetters), method, [typeof(TRow), member.ItemType], row, type, member);
    }

    private static ValueGetter<ReadOnlyMemory<char>> FromString<TRow>(Func<TRow> row, RowMember member)
    {
        var read = member.MakeReader<TRow, string>();
        return (ref ReadOnlyMemory<char> value) => value = read(row()).AsMemory();
    }

    private static ValueGetter<VBuffer<ReadOnlyMemory<char>>> FromStrings<TRow>(Func<TRow> row, RowMember member)
    {
        var read = member.MakeReader<TRow, string[]>();
        return (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            var texts = read(row()) ?? [];
            var editor = VBufferEditor.Create(ref value, texts.Length);
            for (int i = 0; i < texts.Length; i++)
                editor.Values[i] = texts[i].AsMemory();
            value = editor.Commit();
        };
    }

    private static ValueGetter<VBuffer<T>> FromArray<TRow, T>(Func<TRow> row, DataViewType type, RowMember member)
    {
        var read = member.MakeReader<TRow, T[]>();
        return (ref VBuffer<T> value) =>
        {
            var items = read(row());
            var editor = VBufferEditor.Create(ref value, items?.Length ?? 0);
            items.AsSpan().CopyTo(editor.Values);
            value = editor.Commit();
        };
    }

    private static ValueGetter<VBuffer<T>> FromBuffer<TRow, T>(Func<TRow> row, DataViewType type, RowMember member)
    {
        var read = member.MakeReader<TRow, VBuffer<T>>();
        return (ref VBuffer<T> value) => read(row()).CopyTo(ref value);
    }

    private static ValueGetter<T> FromValue<TRow, T>(Func<TRow> row, DataViewType type, RowMember member)
    {
        var read = member.MakeReader<TRow, T>();
        return (ref T value) => value = read(row());
    }

    // Members count keys from 0, columns from 1; what is not below the count becomes missing, 0. Only scalars: a vector's keys are taken as they are.
    private static ValueGetter<T> FromKey<TRow, T>(Func<TRow> row, DataViewType type, RowMember member) where T : System.Numerics.IBinaryInteger<T>
    {
        var read = member.MakeReader<TRow, T>();
        ulong count = type.KeyCount();
        return (ref T value) =>
        {
            var key = read(row());
            value = ulong.CreateTruncating(key) < count ? key + T.One : T.Zero;
        };
    }
}
