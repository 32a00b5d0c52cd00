using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>Which columns hold class labels, and what their classes are called.</summary>
internal static class LabelColumn
{
    /// <summary>What is possible, for messages.</summary>
    public const string Wanted = "a key or text";

    /// <summary>More classes than this are taken for a mistake (a hash, a row number).</summary>
    public const int MostClasses = 1_000_000;

    public static bool Accepts(DataViewType type) => type is KeyDataViewType or TextDataViewType;

    public static bool Accepts(SchemaShape.Column column) =>
        column.Kind == SchemaShape.Column.VectorKind.Scalar && (column.IsKey || column.ItemType is TextDataViewType);

    /// <summary>The column, checked.</summary>
    /// <exception cref="ArgumentException">It is not in the schema, or of another type.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            throw new ArgumentException($"There is no label column '{name}'. The columns are {ImageColumn.Names(schema)}.");
        if (!Accepts(column.Type))
            throw new ArgumentException($"The label column '{name}' is of type {column.Type}; it must be {Wanted}. MapValueToKey makes a key of any column.");
        if (column.Type is KeyDataViewType key && key.Count > MostClasses)
            throw new ArgumentException($"The label column '{name}' is a key with {key.Count} values; at most {MostClasses} classes are possible. MapValueToKey numbers the values that occur.");
        return column;
    }

    /// <summary>The class names of a key column: its KeyValues, or the numbers from 0 where it has none; null for a text column, whose classes show in the rows.</summary>
    public static string[]? ClassNames(DataViewSchema.Column column) => column.Type is KeyDataViewType key ? ClassNames(column, key) : null;

    /// <summary>The class names of a column that is a key or a vector of keys.</summary>
    public static string[] ClassNames(DataViewSchema.Column column, KeyDataViewType key)
    {
        if (key.Count > MostClasses)
            throw new ArgumentException($"The label column '{column.Name}' is a key with {key.Count} values; at most {MostClasses} classes are possible. MapValueToKey numbers the values that occur.");
        var count = (int)key.Count;
        if (column.Annotations.Schema.GetColumnOrNull("KeyValues") is not { Type: VectorDataViewType { ItemType: var itemType } } values)
            return Numbers(count);
        return itemType switch
        {
            TextDataViewType => Names<ReadOnlyMemory<char>>(column, values, count, t => t.ToString()),
            _ when itemType == NumberDataViewType.Single => Names<float>(column, values, count, Text),
            _ when itemType == NumberDataViewType.Double => Names<double>(column, values, count, Text),
            _ when itemType == NumberDataViewType.Byte => Names<byte>(column, values, count, Text),
            _ when itemType == NumberDataViewType.SByte => Names<sbyte>(column, values, count, Text),
            _ when itemType == NumberDataViewType.Int16 => Names<short>(column, values, count, Text),
            _ when itemType == NumberDataViewType.UInt16 => Names<ushort>(column, values, count, Text),
            _ when itemType == NumberDataViewType.Int32 => Names<int>(column, values, count, Text),
            _ when itemType == NumberDataViewType.UInt32 => Names<uint>(column, values, count, Text),
            _ when itemType == NumberDataViewType.Int64 => Names<long>(column, values, count, Text),
            _ when itemType == NumberDataViewType.UInt64 => Names<ulong>(column, values, count, Text),
            BooleanDataViewType => Names<bool>(column, values, count, b => b ? "true" : "false"),
            _ => Numbers(count),
        };

        static string Text<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
    }

    /// <summary>"0", "1", ... for classes without names.</summary>
    public static string[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    private static string[] Names<T>(DataViewSchema.Column column, DataViewSchema.Column values, int count, Func<T, string> text)
    {
        VBuffer<T> buffer = default;
        column.Annotations.GetGetter<VBuffer<T>>(values)(ref buffer);
        if (buffer.Length != count)
            throw new ArgumentException($"The label column '{column.Name}' is a key with {count} values, but has {buffer.Length} KeyValues.");
        return [.. buffer.DenseValues().Select(text)];
    }
}
