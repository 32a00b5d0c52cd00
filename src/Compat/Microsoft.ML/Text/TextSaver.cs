using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Writes rows as lines of text that <see cref="TextLoader"/> reads.</summary>
internal sealed class TextSaver
{
    private static readonly Dictionary<char, string> s_separators = new() { [' '] = "space", ['\t'] = "tab", [','] = "comma", [';'] = "semicolon", ['|'] = "bar" };

    private readonly char _separator;
    private readonly bool _header;
    private readonly bool _schema;
    private readonly bool _dense;

    public TextSaver(char separator, bool header, bool schema, bool dense)
    {
        Check.Param(s_separators.ContainsKey(separator), "Separator", "Invalid separator - must be: space, tab, comma, semicolon, or bar");
        (_separator, _header, _schema, _dense) = (separator, header, schema, dense);
    }

    public void Save(IHostEnvironment environment, IDataView data, Stream stream, bool keepHidden)
    {
        var wanted = data.Schema.Where(column => keepHidden || !column.IsHidden).ToLookup(column => TextReading.HasTextForm(column.Type));
        using (var channel = environment.Start("Saving data"))
            foreach (var column in wanted[false])
                channel.Info(MessageSensitivity.Schema, "The column '{0}' will not be written as it has unsavable column type.", column.Name);
        DataViewSchema.Column[] columns = [.. wanted[true]];
        Check.Param(columns.Length > 0, nameof(data), "No valid columns to save");

        using var cursor = data.GetRowCursor(columns);
        var fields = columns.Select(column => TextFields.Of(cursor, column, _separator)).ToArray();
        using var writer = new StreamWriter(stream, leaveOpen: true);
        // A header names scalar columns, and slots that have names.
        bool hasHeader = _header && fields.Any(field => field.Names is not null);
        if (_schema)
            WriteSchema(writer, columns, hasHeader);
        var line = new TextLine(_separator, _dense);
        if (hasHeader)
            line.Write(writer, fields, (field, values) => field.WriteNames(values), _ => "\"\"", _ => "");
        while (cursor.MoveNext())
            line.Write(writer, fields, (field, values) => field.WriteValues(values), field => field.Default, field => field.Default);
    }

    private void WriteSchema(StreamWriter writer, DataViewSchema.Column[] columns, bool hasHeader)
    {
        writer.WriteLine("#@ TextLoader{");
        if (hasHeader)
            writer.WriteLine("#@   header+");
        writer.WriteLine($"#@   sep={s_separators[_separator]}");
        int start = 0;
        foreach (var column in columns)
        {
            string count = column.Type.ItemType() is KeyDataViewType key ? $"[{key.Count}]" : "";
            string range = column.Type switch
            {
                VectorDataViewType { IsKnownSize: true } vector => $"{start}-{start + vector.Size - 1}",
                VectorDataViewType => $"{start}-**",
                _ => $"{start}",
            };
            string definition = $"{column.Name}:{ShortName(column.Type.ItemType())}{count}:{range}";
            writer.WriteLine($"#@   col={(column.Name.AsSpan().ContainsAny(" \t\"{}=") ? $"{{{definition}}}" : definition)}");
            start += column.Type.ValueCount();
        }

        writer.WriteLine("#@ }");
    }

    // The names of types in such a comment.
    private static string ShortName(DataViewType type) => Type.GetTypeCode(type.RawType) switch
    {
        TypeCode.SByte => "I1",
        TypeCode.Byte => "U1",
        TypeCode.Int16 => "I2",
        TypeCode.UInt16 => "U2",
        TypeCode.Int32 => "I4",
        TypeCode.UInt32 => "U4",
        TypeCode.Int64 => "I8",
        TypeCode.UInt64 => "U8",
        TypeCode.Single => "R4",
        TypeCode.Double => "R8",
        TypeCode.Boolean => "BL",
        TypeCode.DateTime => "DT",
        _ => type switch { TimeSpanDataViewType => "TS", DateTimeOffsetDataViewType => "DZ", _ => "TX" },
    };
}
