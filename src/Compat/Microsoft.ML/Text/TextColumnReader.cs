using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Holds the current row's value of one column.</summary>
internal abstract class TextColumnReader
{
    public static TextColumnReader Of(TextColumn column, RealStyle style) => GenericMethod.Call<TextColumnReader>(
        typeof(TextColumnReader), column.Type is VectorDataViewType ? nameof(MakeVector) : nameof(MakeScalar), column.ItemType.RawType, column, style);

    /// <summary>The <see cref="ValueGetter{TValue}"/> of the column, which first calls <paramref name="check"/>.</summary>
    public abstract Delegate MakeGetter(Action check);

    /// <summary>Reads the column from a line's fields.</summary>
    public abstract void Read(FieldSplitter line, long number);

    private static TextColumnReader MakeScalar<T>(TextColumn column, RealStyle style) => new Scalar<T>(column, style);

    private static TextColumnReader MakeVector<T>(TextColumn column, RealStyle style) => new Vector<T>(column, style);

    private abstract class Typed<T>(TextColumn column, RealStyle style) : TextColumnReader
    {
        private readonly TextValueReader<T> _read = TextReading.Of<T>(column.ItemType, style);
        // Only these have a value that says that the text was none.
        private readonly bool _hasMissing = column.ItemType is KeyDataViewType || typeof(T) == typeof(float) || typeof(T) == typeof(double);

        protected TextColumn Column => column;

        /// <summary>What an absent field is.</summary>
        protected T Absent { get; } = style.EmptyIsMissing ? MissingValue.Of<T>() : default;

        protected T Parse(ReadOnlyMemory<char> text, long number, int slot)
        {
            if (_read(text, out var value) || _hasMissing)
                return value;
            string place = column.Type is VectorDataViewType ? $"in slot {slot} of column {column.Name} in line {number}" : $"in line {number}, column {column.Name}";
            throw new InvalidOperationException($"Could not parse value {text} {place}");
        }
    }

    private sealed class Scalar<T>(TextColumn column, RealStyle style) : Typed<T>(column, style)
    {
        private T _value;

        public override Delegate MakeGetter(Action check) => (ValueGetter<T>)((ref T value) =>
        {
            check();
            value = _value;
        });

        public override void Read(FieldSplitter line, long number)
        {
            int field = Column.Ranges[0].Min, place = line.PlaceOf(field);
            bool isThere = place < line.Fields.Count && line.Fields[place].Index == field;
            _value = isThere ? Parse(line.Fields[place].Text, number, 0) : Absent;
        }
    }

    private sealed class Vector<T>(TextColumn column, RealStyle style) : Typed<T>(column, style)
    {
        private VBuffer<T> _value;

        public override Delegate MakeGetter(Action check) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            check();
            _value.CopyTo(ref value);
        });

        public override void Read(FieldSplitter line, long number)
        {
            var editor = VBufferEditor.Create(ref _value, Column.SizeIn(line.Count));
            editor.Values.Fill(Absent);
            int start = 0;
            foreach (var range in Column.Ranges)
            {
                int end = range.EndIn(line.Count), shift = start - range.Min;
                for (int place = line.PlaceOf(range.Min); place < line.Fields.Count && line.Fields[place].Index < end; place++)
                {
                    int slot = line.Fields[place].Index + shift;
                    editor.Values[slot] = Parse(line.Fields[place].Text, number, slot);
                }

                start += end - range.Min;
            }

            _value = editor.Commit();
        }
    }
}
