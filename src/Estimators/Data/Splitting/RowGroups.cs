using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>Which rows of a view belong together: those with the same class, or the same value in a group column.</summary>
internal static class RowGroups
{
    /// <summary>The class of each row, from 0, and the names of the classes.</summary>
    /// <exception cref="ArgumentException">There is no such column, or it is neither key nor text.</exception>
    /// <exception cref="InvalidDataException">There are no rows, or one without a label.</exception>
    public static (int[] ClassOf, string[] Names) OfLabels(IDataView view, string labelColumn)
    {
        var column = LabelColumn.Find(view.Schema, labelColumn);
        using var cursor = view.GetRowCursor([column]);
        var reader = new LabelReader(cursor, column, classNames: null);
        var classOf = new List<int>();
        while (cursor.MoveNext())
            classOf.Add(reader.Read());
        RequireRows(classOf.Count);
        if (reader.Collected() is not { } collected)
            return ([.. classOf], LabelColumn.ClassNames(column)!);
        return ([.. classOf.Select(k => collected.Places[k])], collected.Names);
    }

    /// <summary>The group of each row, from 0 in the order in which they occur, and how many there are.</summary>
    /// <exception cref="ArgumentException">There is no such column, or its type names no groups.</exception>
    /// <exception cref="InvalidDataException">There are no rows, or one without a group.</exception>
    public static (int[] GroupOf, int Count) OfColumn(IDataView view, string groupColumn)
    {
        if (view.Schema.GetColumnOrNull(groupColumn) is not { } column)
            throw new ArgumentException($"There is no group column '{groupColumn}'. The columns are {ImageColumn.Names(view.Schema)}.");
        using var cursor = view.GetRowCursor([column]);
        var read = Reader(cursor, column);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var groupOf = new List<int>();
        while (cursor.MoveNext())
        {
            var name = read() ?? throw new InvalidDataException($"Row {cursor.Position} has no value in the group column '{groupColumn}'. Every row must say to whom or what it belongs; else rows that belong together could be parted.");
            if (!known.TryGetValue(name, out var group))
                known[name] = group = known.Count;
            groupOf.Add(group);
        }
        RequireRows(groupOf.Count);
        return ([.. groupOf], known.Count);
    }

    private static void RequireRows(int count)
    {
        if (count == 0)
            throw new InvalidDataException("The data has no rows to split. Check the path or the filter it comes from.");
    }

    /// <summary>Gives the value of the row the cursor stands at as text; null where it is missing.</summary>
    private static Func<string?> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        var isKey = column.Type is KeyDataViewType;
        return column.Type switch
        {
            TextDataViewType => Getter<ReadOnlyMemory<char>>(t => t.Span.IsWhiteSpace() ? null : t.ToString()),
            BooleanDataViewType => Getter<bool>(b => b ? "true" : "false"),
            NumberDataViewType or KeyDataViewType => Type.GetTypeCode(column.Type.RawType) switch
            {
                TypeCode.Byte => Number<byte>(),
                TypeCode.SByte => Number<sbyte>(),
                TypeCode.Int16 => Number<short>(),
                TypeCode.UInt16 => Number<ushort>(),
                TypeCode.Int32 => Number<int>(),
                TypeCode.UInt32 => Number<uint>(),
                TypeCode.Int64 => Number<long>(),
                TypeCode.UInt64 => Number<ulong>(),
                TypeCode.Single => Getter<float>(f => float.IsNaN(f) ? null : f.ToString("R", CultureInfo.InvariantCulture)),
                TypeCode.Double => Getter<double>(d => double.IsNaN(d) ? null : d.ToString("R", CultureInfo.InvariantCulture)),
                _ => throw Wrong(),
            },
            _ => throw Wrong(),
        };

        // A key's raw value 0 is a missing one; of numbers 0 is as good as any.
        Func<string?> Number<T>() where T : struct, IFormattable => Getter<T>(v => isKey && v.Equals(default(T)) ? null : v.ToString(null, CultureInfo.InvariantCulture));

        Func<string?> Getter<T>(Func<T, string?> text)
        {
            var getter = row.GetGetter<T>(column);
            T value = default!;
            return () =>
            {
                getter(ref value);
                return text(value);
            };
        }

        ArgumentException Wrong() => new($"The group column '{column.Name}' is of type {column.Type}; it must be text, a key, a number or a Boolean.");
    }
}
