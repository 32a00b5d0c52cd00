using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Cuts lines into fields. The fields found are only good until the next line is cut.</summary>
internal sealed class FieldSplitter(TextFormat format)
{
    private readonly bool _blankSeparates = format.IsSeparator(' ');
    private readonly List<(int Index, ReadOnlyMemory<char> Text)> _fields = [];

    /// <summary>The fields that are not empty, ascending by index; empty ones too where they mean NaN.</summary>
    public IReadOnlyList<(int Index, ReadOnlyMemory<char> Text)> Fields => _fields;

    /// <summary>The number of fields in the last line, empty ones included.</summary>
    public int Count { get; private set; }

    /// <summary>The place among <see cref="Fields"/> of the first one with this index or a greater one.</summary>
    public int PlaceOf(int index)
    {
        int low = 0, high = _fields.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_fields[middle].Index < index)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <param name="line">The line.</param>
    /// <param name="last">The last field wanted.</param>
    public void Split(string line, int last = int.MaxValue)
    {
        _fields.Clear();
        Count = 0;
        var text = format.TrimEnd ? line.AsMemory().TrimEnd() : line.AsMemory();
        bool sparse = false;
        int start = 0, first = 0, size = format.Fields;
        for (bool more = true; more;)
        {
            int index = format.Sparse ? TakeIndex(text.Span, ref start) : -1;
            var field = Next(text, ref start, out more);
            if (index < 0)
            {
                if (sparse)
                    return;
                Add(Count++, field);
                // The field after the last one wanted may say that the last one is a size.
                if (Count > last && !format.Sparse)
                    return;
                continue;
            }

            if (!sparse)
            {
                if (!BeginSparse(ref size, out first))
                    return;
                sparse = true;
                Count = size;
            }

            if (first + index < size)
                Add(first + index, field);
        }
    }

    private void Add(int index, ReadOnlyMemory<char> field)
    {
        if (!field.IsEmpty || format.Reals.EmptyIsMissing)
            _fields.Add((index, field));
    }

    // The field before the first pair says how many fields follow, unless that is known.
    private bool BeginSparse(ref int size, out int first)
    {
        first = Count;
        if (size > 0)
            return true;
        if (_fields.Count == 0 || _fields[^1].Index != Count - 1 || !int.TryParse(_fields[^1].Text.Span, out int follow) || follow <= 0)
            return false;
        _fields.RemoveAt(_fields.Count - 1);
        first = Count - 1;
        size = first + follow;
        return true;
    }

    /// <summary>Takes "index:" off the front; -1 if there is none.</summary>
    private int TakeIndex(ReadOnlySpan<char> line, ref int start)
    {
        int at = SkipBlanks(line, start), end = at;
        while (end < line.Length && end - at < 9 && char.IsAsciiDigit(line[end]))
            end++;
        if (end == at || end == line.Length || line[end] != ':')
            return -1;
        start = end + 1;
        return int.Parse(line[at..end]);
    }

    private int SkipBlanks(ReadOnlySpan<char> line, int at)
    {
        if (!_blankSeparates)
            while (at < line.Length && line[at] == ' ')
                at++;
        return at;
    }

    private ReadOnlyMemory<char> Next(ReadOnlyMemory<char> line, ref int start, out bool more)
    {
        var span = line.Span;
        int at = SkipBlanks(span, start);
        ReadOnlyMemory<char> field;
        if (format.Quoting && at < span.Length && span[at] == '"')
        {
            field = Quoted(line, ref at);
        }
        else
        {
            int length = span[at..].IndexOfAny(format.Separators);
            int end = length < 0 ? span.Length : at + length;
            field = line[at..end];
            at = end;
        }

        more = at < span.Length;
        start = at + 1;
        return field;
    }

    /// <summary>The text between the quotes; empty if no separator follows the closing quote, or there is none.</summary>
    private ReadOnlyMemory<char> Quoted(ReadOnlyMemory<char> line, ref int at)
    {
        var span = line.Span;
        int start = ++at;
        StringBuilder unescaped = null;
        for (; at < span.Length; at++)
        {
            char next = at + 1 < span.Length ? span[at + 1] : '\0';
            if (span[at] == format.Escape && next == '"')
            {
                (unescaped ??= new()).Append(span[start..at]);
                start = ++at;
            }
            else if (span[at] == '"')
            {
                break;
            }
            else if (span[at] == format.Escape)
            {
                // Whatever follows is itself; the escape character stays before it.
                at++;
            }
        }

        bool closed = at < span.Length;
        var field = unescaped is null ? line[start..at] : unescaped.Append(span[start..at]).ToString().AsMemory();
        for (at += closed ? 1 : 0; at < span.Length && !format.IsSeparator(span[at]); at++)
            closed &= span[at] == ' ';
        return closed ? field : default;
    }
}
