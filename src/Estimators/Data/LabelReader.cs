using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>
/// Reads class labels as indices from 0. Where the classes are known, a label is found by its name, so a validation set with
/// its own keys fits the training set's classes; where they are not, the names that occur are collected.
/// </summary>
internal sealed class LabelReader
{
    private readonly DataViewRow _row;
    private readonly string _column;
    private readonly Func<int> _read;
    private readonly Dictionary<string, int> _collected = new(StringComparer.Ordinal);
    private readonly bool _collects;

    /// <param name="row">The row or cursor to read from.</param>
    /// <param name="column">A column that <see cref="LabelColumn.Find"/> accepted, active in <paramref name="row"/>.</param>
    /// <param name="classNames">The classes to find labels among; null to take the column's own.</param>
    public LabelReader(DataViewRow row, DataViewSchema.Column column, IReadOnlyList<string>? classNames)
    {
        _row = row;
        _column = column.Name;
        if (column.Type is KeyDataViewType key)
            _read = Key(row, column, key, classNames);
        else
        {
            _collects = classNames is null;
            for (var i = 0; i < classNames?.Count; i++)
                _collected[classNames[i]] = i;
            _read = Text(row.GetGetter<ReadOnlyMemory<char>>(column), classNames);
        }
    }

    /// <summary>The label of the row the cursor stands at.</summary>
    /// <exception cref="InvalidDataException">The row has no label, or one that is none of the known classes.</exception>
    public int Read() => _read();

    /// <summary>
    /// For a text column without known classes: the names read so far in ordinal order, and for each index that
    /// <see cref="Read"/> gave its place among them. Null otherwise.
    /// </summary>
    public (string[] Names, int[] Places)? Collected()
    {
        if (!_collects)
            return null;
        var names = _collected.Keys.ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        var places = new int[names.Length];
        for (var i = 0; i < names.Length; i++)
            places[_collected[names[i]]] = i;
        return (names, places);
    }

    private Func<int> Key(DataViewRow row, DataViewSchema.Column column, KeyDataViewType type, IReadOnlyList<string>? classNames)
    {
        // A key's raw value is 1 for the first class; 0 is missing.
        Func<ulong> raw = type.RawType switch
        {
            var t when t == typeof(byte) => Raw<byte>(row, column, v => v),
            var t when t == typeof(ushort) => Raw<ushort>(row, column, v => v),
            var t when t == typeof(uint) => Raw<uint>(row, column, v => v),
            _ => Raw<ulong>(row, column, v => v),
        };
        var own = LabelColumn.ClassNames(column)!;
        int[]? places = null;
        if (classNames is not null && !classNames.SequenceEqual(own))
        {
            var known = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < classNames.Count; i++)
                known[classNames[i]] = i;
            places = [.. own.Select(name => known.GetValueOrDefault(name, -1))];
        }
        return () =>
        {
            var value = raw();
            if (value == 0 || value > (ulong)own.Length)
                throw Missing();
            var index = (int)(value - 1);
            if (places is null)
                return index;
            return places[index] >= 0 ? places[index] : throw Unknown(own[index], classNames!);
        };
    }

    private static Func<ulong> Raw<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> widen)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return widen(value);
        };
    }

    private Func<int> Text(ValueGetter<ReadOnlyMemory<char>> getter, IReadOnlyList<string>? classNames)
    {
        ReadOnlyMemory<char> text = default;
        var lookup = _collected.GetAlternateLookup<ReadOnlySpan<char>>();
        return () =>
        {
            getter(ref text);
            if (text.Span.IsWhiteSpace())
                throw Missing();
            if (lookup.TryGetValue(text.Span, out var index))
                return index;
            if (classNames is not null)
                throw Unknown(text.ToString(), classNames);
            if (_collected.Count == LabelColumn.MostClasses)
                throw new InvalidDataException($"The label column '{_column}' has more than {LabelColumn.MostClasses} different values. Is it the right column?");
            return _collected[text.ToString()] = _collected.Count;
        };
    }

    private InvalidDataException Missing() =>
        new($"Row {_row.Position} has no label in column '{_column}'. Label it, or leave such rows out (FilterRowsByMissingValues).");

    private InvalidDataException Unknown(string label, IReadOnlyList<string> classNames) =>
        new($"Row {_row.Position} has the label '{label}' in column '{_column}', which is none of the {classNames.Count} classes: {Shorten(classNames)}.");

    private static string Shorten(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(20)) + (names.Count > 20 ? ", ..." : "");
}
