using System.Text;

namespace Fovea.Data;

/// <summary>A table in plain text: words to the left, numbers to the right, a line below the head.</summary>
internal sealed class ReportTable(params string[] head)
{
    private readonly List<string[]> _rows = [head];

    public void Add(params string[] cells) => _rows.Add(cells);

    /// <param name="text">Gets the lines.</param>
    /// <param name="indent">Spaces before each.</param>
    public void AppendTo(StringBuilder text, int indent)
    {
        var widths = Enumerable.Range(0, _rows[0].Length).Select(c => _rows.Max(r => r[c].Length)).ToArray();
        for (var i = 0; i < _rows.Count; i++)
        {
            text.Append(' ', indent).AppendLine(string.Join("  ", _rows[i].Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd());
            if (i == 0)
                text.Append(' ', indent).Append('-', widths.Sum() + 2 * (widths.Length - 1)).AppendLine();
        }
    }
}
