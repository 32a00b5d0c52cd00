using System.Globalization;
using System.Text;

namespace Fovea.PowerShell;

/// <summary>What was counted by true and by predicted class. Shown as a table; <see cref="Rows"/> are its rows as objects.</summary>
public sealed class ConfusionTable
{
    internal ConfusionTable(IReadOnlyList<string> classNames, long[,] counts)
    {
        ClassNames = classNames;
        Rows = [.. classNames.Select((name, t) => new ConfusionRow(name, [.. Enumerable.Range(0, counts.GetLength(1)).Select(p => counts[t, p])], t))];
    }

    /// <summary>The classes, in the order of rows and columns.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>One for each true class.</summary>
    public IReadOnlyList<ConfusionRow> Rows { get; }

    /// <summary>How many of a true class were predicted as another.</summary>
    /// <param name="truth">The true class.</param>
    /// <param name="predicted">The predicted class.</param>
    public long Count(string truth, string predicted) => Rows[Index(truth)].Counts[Index(predicted)];

    /// <summary>The table: true classes down, predicted ones across; a point stands for none.</summary>
    public override string ToString()
    {
        List<string[]> lines = [["", .. ClassNames], .. Rows.Select(r => (string[])[r.Class, .. r.Counts.Select(c => c == 0 ? "·" : c.ToString(CultureInfo.InvariantCulture))])];
        var widths = Enumerable.Range(0, lines[0].Length).Select(c => lines.Max(l => l[c].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
            text.AppendLine(string.Join(' ', line.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd());
        return text.ToString().TrimEnd();
    }

    private int Index(string name)
    {
        for (var i = 0; i < ClassNames.Count; i++)
            if (ClassNames[i] == name)
                return i;
        throw new ArgumentException($"There is no class '{name}'. The classes are {string.Join(", ", ClassNames)}.", nameof(name));
    }
}
