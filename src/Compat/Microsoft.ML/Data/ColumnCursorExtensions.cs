using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Reads one column of a view.</summary>
public static class ColumnCursorExtensions
{
    /// <summary>Values as the column holds them, texts also as string, vectors also as arrays of their own; read when enumerated.</summary>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        Check.Value(data, nameof(data));
        Check.NonEmpty(columnName, nameof(columnName));
        return data.GetColumn<T>(data.Schema[columnName]);
    }

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        Check.Value(data, nameof(data));
        Check.NonEmpty(column.Name, nameof(column));
        bool found = column.Index < data.Schema.Count && data.Schema[column.Index] is var own && own.Name == column.Name && own.Type.Equals(column.Type);
        Check.Param(found, nameof(column), $"column with name {column.Name}, type {column.Type}, and index {column.Index} cannot be found in {nameof(data)}");
        var item = column.Type.ItemType();
        if (typeof(T) == column.Type.RawType)
            return Read<T>(data, column);
        if (typeof(T) == typeof(string) && column.Type is TextDataViewType)
            return (IEnumerable<T>)Read<ReadOnlyMemory<char>>(data, column).Select(text => text.ToString());
        if (typeof(T).IsArray && column.Type is VectorDataViewType)
        {
            if (typeof(T).GetElementType() == item.RawType)
                return GenericMethod.Call<IEnumerable<T>>(typeof(ColumnCursorExtensions), nameof(ReadArrays), item.RawType, data, column);
            if (typeof(T) == typeof(string[]) && item is TextDataViewType)
                return (IEnumerable<T>)ReadArrays<ReadOnlyMemory<char>>(data, column).Select(texts => texts.Select(text => text.ToString()).ToArray());
        }
        throw Errors.Param(nameof(column), $"Cannot map column (name: {column.Name}, type: {column.Type}) in {nameof(data)} to the user-defined type, {typeof(T)}.");
    }

    private static IEnumerable<T> Read<T>(IDataView data, DataViewSchema.Column column)
    {
        using var cursor = data.GetRowCursor([column]);
        var getter = cursor.GetGetter<T>(column);
        T value = default;
        while (cursor.MoveNext())
        {
            getter(ref value);
            yield return value;
        }
    }

    private static IEnumerable<T[]> ReadArrays<T>(IDataView data, DataViewSchema.Column column)
    {
        foreach (var value in Read<VBuffer<T>>(data, column))
            yield return [.. value.DenseValues()];
    }
}
