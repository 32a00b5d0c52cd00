using System.Text;

namespace Fovea.Data;

/// <summary>Where in a file something is, for messages.</summary>
internal static class TextPlace
{
    /// <summary>"'path' (line 3, column 7)", both from 1.</summary>
    public static string Of(string path, long line, long column) => $"'{path}' (line {line}, column {column})";

    /// <summary>The same for a position in UTF-8 text.</summary>
    public static string Of(string path, ReadOnlySpan<byte> text, long offset)
    {
        var before = text[..(int)Math.Min(offset, text.Length)];
        var line = before.Count((byte)'\n') + 1;
        return Of(path, line, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }
}
