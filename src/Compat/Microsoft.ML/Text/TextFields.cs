using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The fields of a line that one column fills.</summary>
internal abstract class TextFields
{
    /// <summary>What the type's default is written as.</summary>
    public abstract string Default { get; }

    /// <summary>For the header, by slot: a scalar's name, or the names of slots; null if there is none.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Adds the current row's values by slot, and returns the number of slots.</summary>
    public abstract int WriteValues(List<(int Slot, string Text)> values);

    public int WriteNames(List<(int Slot, string Text)> values)
    {
        for (int slot = 0; slot < (Names?.Count ?? 0); slot++)
            values.Add((slot, Names[slot]));
        return NamedSlots;
    }

    protected abstract int NamedSlots { get; }

    public static TextFields Of(DataViewRow row, DataViewSchema.Column column, char separator) => GenericMethod.Call<TextFields>(
        typeof(TextFields), nameof(Make), column.Type.ItemType().RawType, row, column, separator);

    private static TextFields Make<T>(DataViewRow row, DataViewSchema.Column column, char separator) => new Fields<T>(row, column, separator);

    private sealed class Fields<T> : TextFields
    {
        private readonly ValueGetter<T> _getScalar;
        private readonly ValueGetter<VBuffer<T>> _getVector;
        private readonly ulong _keys;
        private readonly char _separator;
        private T _scalar;
        private VBuffer<T> _vector;

        public Fields(DataViewRow row, DataViewSchema.Column column, char separator)
        {
            _keys = column.Type.KeyCount();
            _separator = separator;
            Default = Text(default);
            if (column.Type is not VectorDataViewType vector)
            {
                _getScalar = row.GetGetter<T>(column);
                Names = [Quoted(column.Name)];
                NamedSlots = 1;
                return;
            }

            _getVector = row.GetGetter<VBuffer<T>>(column);
            NamedSlots = vector.Size;
            if (!column.HasSlotNames())
                return;
            var names = default(VBuffer<ReadOnlyMemory<char>>);
            column.GetSlotNames(ref names);
            Names = [.. names.DenseValues().Select(name => name.IsEmpty ? "" : Quoted(name.Span))];
        }

        public override string Default { get; }

        public override IReadOnlyList<string> Names { get; }

        protected override int NamedSlots { get; }

        public override int WriteValues(List<(int Slot, string Text)> values)
        {
            if (_getScalar is not null)
            {
                _getScalar(ref _scalar);
                values.Add((0, Text(_scalar)));
                return 1;
            }

            _getVector(ref _vector);
            foreach (var (slot, value) in _vector.Items())
                values.Add((slot, Text(value)));
            return _vector.Length;
        }

        private string Text(T value) => value switch
        {
            ReadOnlyMemory<char> text => Quoted(text.Span),
            TimeSpan or DateTime or DateTimeOffset => $"\"{TextWriting.Stored(value)}\"",
            // Keys are held from 1 and written from 0; a missing one is empty.
            _ when _keys > 0 => Convert.ToUInt64(value) is var key && key > 0 && key <= _keys ? (key - 1).ToString() : "",
            _ => TextWriting.Stored(value),
        };

        // Where the text could be taken for something else than itself.
        private string Quoted(ReadOnlySpan<char> text) => text.IsEmpty || text[0] == ' ' || text.ContainsAny('"', ':', '\n') || text.Contains(_separator)
            ? $"\"{text.ToString().Replace("\"", "\"\"")}\""
            : text.ToString();
    }
}
