using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>
/// Reads the labels of a row's objects as indices from 0. As <see cref="LabelReader"/>: where the classes are known, labels are
/// found by their names.
/// </summary>
internal sealed class BoxLabelReader
{
    private readonly DataViewRow _row;
    private readonly string _column;
    private readonly bool _isLenient;
    private readonly bool _collects;
    private readonly List<string> _names;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private int[] _labels = [];

    public BoxLabelReader(DataViewRow row, BoxColumns columns, IReadOnlyList<string>? classNames, bool isLenient)
    {
        (_row, _column, _isLenient) = (row, columns.Classes.Name, isLenient);
        _collects = classNames is null && columns.ClassNames is null;
        _names = [.. classNames ?? columns.ClassNames ?? []];
        for (var i = 0; i < _names.Count; i++)
            _places.TryAdd(_names[i], i);
        Read = ((VectorDataViewType)columns.Classes.Type).ItemType switch
        {
            KeyDataViewType { RawType: var t } when t == typeof(byte) => Key<byte>(columns, classNames, v => v),
            KeyDataViewType { RawType: var t } when t == typeof(ushort) => Key<ushort>(columns, classNames, v => v),
            KeyDataViewType { RawType: var t } when t == typeof(uint) => Key<uint>(columns, classNames, v => v),
            KeyDataViewType => Key<ulong>(columns, classNames, v => v),
            _ => Text(columns),
        };
    }

    /// <summary>The labels of the row the cursor stands at; the memory is good until the next call.</summary>
    public Func<ReadOnlyMemory<int>> Read { get; }

    public IReadOnlyList<string> ClassNames => _names;

    private Func<ReadOnlyMemory<int>> Key<T>(BoxColumns columns, IReadOnlyList<string>? classNames, Func<T, ulong> widen)
    {
        var read = BoxReader.Values<T>(_row, columns.Classes);
        var own = columns.ClassNames!;
        int[]? places = classNames is null || classNames.SequenceEqual(own) ? null : [.. own.Select(name => _places.GetValueOrDefault(name, -1))];
        return () => Each(read().Span, (value, i) =>
        {
            // A key's raw value is 1 for the first class; 0 is missing.
            var raw = widen(value);
            if (raw == 0 || raw > (ulong)own.Count)
                return Missing(i);
            var index = (int)(raw - 1);
            return places is null ? index : places[index] >= 0 ? places[index] : Unknown(own[index], i);
        });
    }

    private Func<ReadOnlyMemory<int>> Text(BoxColumns columns)
    {
        var read = BoxReader.Values<ReadOnlyMemory<char>>(_row, columns.Classes);
        var lookup = _places.GetAlternateLookup<ReadOnlySpan<char>>();
        return () => Each(read().Span, (text, i) =>
        {
            if (text.Span.IsWhiteSpace())
                return Missing(i);
            if (lookup.TryGetValue(text.Span, out var index))
                return index;
            if (!_collects)
                return Unknown(text.ToString(), i);
            if (_names.Count == LabelColumn.MostClasses)
                throw new InvalidDataException($"The label column '{_column}' has more than {LabelColumn.MostClasses} different values. Is it the right column?");
            _names.Add(text.ToString());
            return _places[_names[^1]] = _names.Count - 1;
        });
    }

    private ReadOnlyMemory<int> Each<T>(ReadOnlySpan<T> values, Func<T, int, int> index)
    {
        if (_labels.Length < values.Length)
            _labels = new int[Math.Max(values.Length, _labels.Length * 2)];
        for (var i = 0; i < values.Length; i++)
            _labels[i] = index(values[i], i);
        return _labels.AsMemory(0, values.Length);
    }

    private int Missing(int i) => _isLenient ? -1
        : throw new InvalidDataException($"Object {i} in row {_row.Position} has no label in column '{_column}'. Label it or leave it out.");

    private int Unknown(string label, int i) => _isLenient ? -1
        : throw new InvalidDataException($"Object {i} in row {_row.Position} has the label '{label}' in column '{_column}', which is none of the {_names.Count} classes: {string.Join(", ", _names.Take(20))}{(_names.Count > 20 ? ", ..." : "")}.");
}
