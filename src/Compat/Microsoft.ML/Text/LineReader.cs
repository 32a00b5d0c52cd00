namespace Microsoft.ML.Data;

/// <summary>The lines of several texts that are rows: not the comments (# or //) and headers they begin with, not empty lines, nor // later on.</summary>
internal static class LineReader
{
    /// <param name="source">The texts.</param>
    /// <param name="format">How they are written.</param>
    /// <param name="keepHeader">Whether headers count as rows.</param>
    public static IEnumerable<(long Number, string Line)> Read(IMultiStreamSource source, TextFormat format, bool keepHeader = false)
    {
        long rows = 0;
        for (int file = 0; file < source.Count; file++)
        {
            using var reader = source.OpenTextReader(file);
            bool begun = false;
            for (long number = 1; Next(reader, format, number, inComments: !begun) is { } line; number++)
            {
                if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal) || !begun && line[0] == '#')
                    continue;
                bool isHeader = !begun && format.HasHeader && !keepHeader;
                begun = true;
                if (isHeader)
                    continue;
                if (rows++ == format.MaxRows)
                    yield break;
                yield return (number, line);
            }
        }
    }

    // A quoted field that is still open goes on in the next line.
    private static string Next(TextReader reader, TextFormat format, long number, bool inComments)
    {
        string line = reader.ReadLine();
        if (!format.Multiline || string.IsNullOrEmpty(line) || line.StartsWith("//", StringComparison.Ordinal) || inComments && line[0] == '#')
            return line;
        bool open = false;
        for (string part = line; ;)
        {
            open = IsOpenAfter(part, format, open);
            if (!open)
                return line;
            part = reader.ReadLine() ?? throw new EndOfStreamException(
                $"A quoted field opened on line {number} was never closed, and we've read to the last line in the file without finding the closing quote");
            line += '\n' + part;
        }
    }

    private static bool IsOpenAfter(string line, TextFormat format, bool open)
    {
        bool atStart = !open;
        for (int at = 0; at < line.Length; at++)
        {
            char c = line[at];
            if (open)
            {
                if (c == format.Escape && (c != '"' || at + 1 < line.Length && line[at + 1] == '"'))
                    at++;
                else if (c == '"')
                    open = false;
            }
            else if (atStart && c == '"')
            {
                open = true;
                atStart = false;
            }
            else if (format.IsSeparator(c))
            {
                atStart = true;
            }
            else if (c != ' ')
            {
                atStart = false;
            }
        }

        return open;
    }
}
