using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Goes through the lines of texts.</summary>
internal sealed class TextCursor : RootCursor
{
    private readonly IEnumerator<(long Number, string Line)> _lines;
    private readonly FieldSplitter _splitter;
    private readonly TextColumnReader[] _readers;
    private readonly int _lastField;

    /// <param name="source">The texts.</param>
    /// <param name="format">How they are written.</param>
    /// <param name="columns">Null where a column is not wanted.</param>
    /// <param name="schema">The schema of all columns.</param>
    public TextCursor(IMultiStreamSource source, TextFormat format, TextColumn[] columns, DataViewSchema schema)
    {
        Schema = schema;
        _lines = LineReader.Read(source, format).GetEnumerator();
        _splitter = new(format);
        _readers = [.. columns.Select(column => column is null ? null : TextColumnReader.Of(column, format.Reals))];
        _lastField = columns.Max(column => column?.Last ?? 0);
    }

    public override DataViewSchema Schema { get; }

    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < _readers.Length ? _readers[column.Index] is not null : throw Errors.NotInSchema(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw Errors.Inactive(column);
        var getter = _readers[column.Index].MakeGetter(CheckOnRow);
        return getter as ValueGetter<TValue> ?? throw Errors.InvalidGetter(typeof(TValue), getter);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
    {
        CheckOnRow();
        value = new((ulong)Position, 0);
    };

    protected override bool MoveNextCore()
    {
        if (!_lines.MoveNext())
            return false;
        var (number, line) = _lines.Current;
        _splitter.Split(line, _lastField);
        try
        {
            foreach (var reader in _readers)
                reader?.Read(_splitter, number);
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException($"Parsing failed with an exception: {error.Message}", error);
        }

        return true;
    }

    protected override void DisposeOwn() => _lines.Dispose();
}
