using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Actions that write a column's current value into an object's member, reusing the array there if it is of the right length.</summary>
internal static class ObjectSetters
{
    public static Action<TRow> Make<TRow>(DataViewRow row, DataViewSchema.Column column, RowMember member)
    {
        if (member.Type == typeof(string))
            return ToText<TRow>(row, column, member);
        if (member.Type == typeof(string[]))
            return ToTexts<TRow>(row, column, member);
        string method = member.Type.IsArray ? nameof(ToArray) : member.IsVector ? nameof(ToBuffer) : nameof(ToValue);
        return GenericMethod.Call<Action<TRow>>(typeof(ObjectSetters), method, [typeof(TRow), member.ItemType], row, column, member);
    }

    private static Action<TRow> ToText<TRow>(DataViewRow row, DataViewSchema.Column column, RowMember member)
    {
        var get = row.GetGetter<ReadOnlyMemory<char>>(column);
        var write = member.MakeWriter<TRow, string>();
        ReadOnlyMemory<char> value = default;
        return target =>
        {
            get(ref value);
            write(target, value.ToString());
        };
    }

    private static Action<TRow> ToTexts<TRow>(DataViewRow row, DataViewSchema.Column column, RowMember member)
    {
        var get = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        var write = member.MakeWriter<TRow, string[]>();
        VBuffer<ReadOnlyMemory<char>> value = default;
        return target =>
        {
            get(ref value);
            write(target, [.. value.DenseValues().Select(text => text.ToString())]);
        };
    }

    private static Action<TRow> ToArray<TRow, T>(DataViewRow row, DataViewSchema.Column column, RowMember member)
    {
        var get = row.GetGetter<VBuffer<T>>(column);
        var read = member.MakeReader<TRow, T[]>();
        var write = member.MakeWriter<TRow, T[]>();
        VBuffer<T> value = default;
        return target =>
        {
            get(ref value);
            var items = read(target);
            if (items?.Length != value.Length)
                items = new T[value.Length];
            value.CopyTo(items);
            write(target, items);
        };
    }

    private static Action<TRow> ToBuffer<TRow, T>(DataViewRow row, DataViewSchema.Column column, RowMember member)
    {
        var get = row.GetGetter<VBuffer<T>>(column);
        var read = member.MakeReader<TRow, VBuffer<T>>();
        var write = member.MakeWriter<TRow, VBuffer<T>>();
        return target =>
        {
            var value = read(target);
            get(ref value);
            write(target, value);
        };
    }

    private static Action<TRow> ToValue<TRow, T>(DataViewRow row, DataViewSchema.Column column, RowMember member)
    {
        var get = row.GetGetter<T>(column);
        var write = member.MakeWriter<TRow, T>();
        T value = default;
        return target =>
        {
            get(ref value);
            write(target, value);
        };
    }
}
