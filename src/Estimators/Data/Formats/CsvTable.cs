using System.Text.Unicode;
using CsvHelper;

namespace Fovea.Data;

/// <summary>A file of delimited text by RFC 4180 in memory, with a header and as many fields in every row; knows where each row stands.</summary>
internal sealed class CsvTable
{
    private readonly string _path;
    private readonly List<string[]> _rows = [];
    private readonly List<long> _lines = [];

    private CsvTable(string path, IReadOnlyList<string> headers) => (_path, Headers) = (path, headers);

    /// <summary>The names of the columns, each its own.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>Rows below the header; empty lines do not count.</summary>
    public int Count => _rows.Count;

    public string this[int row, int column] => _rows[row][column];

    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="InvalidDataException">It is not UTF-8, has no header, or a malformed row; the message has line and column.</exception>
    public static CsvTable Read(string path, char delimiter)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{Path.GetFullPath(path)}'.", path);
        var file = File.ReadAllBytes(path);
        if (!Utf8.IsValid(file))
            throw new InvalidDataException($"'{path}' is not UTF-8. Save it as UTF-8.");
        var options = new CsvReaderOptions
        {
            Separator = delimiter,
            TrimWhitespace = true,
            PoolStrings = true,
            TrackLineNumbers = true,
            // What is wrong is told here, by the callback; the reader's own exception knows no column.
            MalformedData = CsvMalformedDataHandling.Recover,
            OnMalformedRecord = record => throw Malformed(path, file, record),
        };
        using var reader = CsvReader.Create(file, options);
        reader.ReadHeader();
        string[] headers = [.. reader.Headers ?? []];
        if (headers.Length == 0)
            throw new InvalidDataException($"'{path}' is empty; wanted is a first line that names the columns.");
        for (var i = 0; i < headers.Length; i++)
        {
            headers[i] = headers[i].Trim();
            if (headers[i] == "")
                throw new InvalidDataException($"'{path}' has no name for column {i + 1} in its first line.");
            var first = Array.FindIndex(headers, h => h.Equals(headers[i], StringComparison.OrdinalIgnoreCase));
            if (first < i)
                throw new InvalidDataException($"'{path}' has the name '{headers[i]}' for columns {first + 1} and {i + 1} in its first line; each needs its own.");
        }
        var table = new CsvTable(path, headers);
        while (reader.Read())
        {
            if (reader.FieldCount != headers.Length)
                throw new InvalidDataException($"'{path}' has {reader.FieldCount} fields in line {reader.LineNumber}, but its first line names {headers.Length} columns: "
                    + (reader.FieldCount < headers.Length ? $"column {reader.FieldCount + 1} ('{headers[reader.FieldCount]}') is missing." : $"column {headers.Length + 1} is too many. Put fields that hold the delimiter in quotes."));
            var row = new string[headers.Length];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.GetString(i);
            table._rows.Add(row);
            table._lines.Add(reader.LineNumber);
        }
        return table;
    }

    /// <summary>The index of a column by its name in any case; -1 where there is none.</summary>
    public int IndexOf(string header)
    {
        for (var i = 0; i < Headers.Count; i++)
            if (Headers[i].Equals(header, StringComparison.OrdinalIgnoreCase))
                return i;
        return -1;
    }

    /// <summary>An error of one field.</summary>
    public InvalidDataException Fault(int row, int column, string problem) =>
        new($"'{_path}', line {_lines[row]}, column {column + 1} ('{Headers[column]}'): {problem}");

    private static InvalidDataException Malformed(string path, byte[] file, CsvMalformedRecord record)
    {
        var (what, at) = record.Reason switch
        {
            CsvMalformedReason.StrayQuote => ("a quote within a field that does not begin with one", record.ByteOffset),
            CsvMalformedReason.TextAfterClosingQuote => ("text behind the quote that ends a field", record.ByteOffset),
            CsvMalformedReason.UnterminatedQuote => ("a quote that is never closed", LastOpeningQuote(file)),
            _ => (record.Reason.ToString(), record.ByteOffset),
        };
        var before = file.AsSpan(0, (int)Math.Min(at, file.Length));
        var line = before.Count((byte)'\n') + 1;
        var start = before.LastIndexOf((byte)'\n') + 1;
        var column = System.Text.Encoding.UTF8.GetCharCount(before[start..]) + 1;
        return new InvalidDataException($"'{path}' is malformed in line {line}, character {column}: {what}. A field with quotes stands in quotes, and each quote in it is doubled.");
    }

    /// <summary>Up to the quote that is never closed, quotes come in pairs.</summary>
    private static long LastOpeningQuote(byte[] file)
    {
        long last = 0;
        var isOpen = false;
        for (var i = 0; i < file.Length; i++)
            if (file[i] == (byte)'"' && (isOpen = !isOpen))
                last = i;
        return last;
    }
}
