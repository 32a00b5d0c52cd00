using System.Text;

namespace Microsoft.ML.Data;

/// <summary>A confusion matrix as text: a row per true class, a column per predicted one, recall to the right and precision below.</summary>
internal static class ConfusionTable
{
    // As wide as "PREDICTED", the longest word of the first column.
    private const int LeastNameWidth = 9;

    public static string Format(ConfusionMatrix matrix, IReadOnlyList<string> classNames)
    {
        int classes = matrix.NumberOfClasses;
        int cell = classes == 2 ? 8 : 5;
        int longest = classNames.Max(name => name.Length);
        // Names that do not fit above their columns give way to numbers, which then also stand before the names of the rows.
        bool numbered = longest > cell;
        int digits = numbered ? (classes - 1).ToString().Length : 0;
        int nameWidth = Math.Max(LeastNameWidth, numbered ? longest + digits + 2 : longest);
        string rule = string.Concat(Enumerable.Repeat(classes > 2 ? "========" : "===========", classes));

        var text = new StringBuilder().AppendLine().AppendLine("Confusion table");
        void First(string word) => text.Append(word.PadRight(nameWidth)).Append(" ||");

        First("");
        text.AppendLine(rule);
        First("PREDICTED");
        for (int k = 0; k < classes; k++)
            text.Append(' ').Append((numbered ? k.ToString() : classNames[k]).PadLeft(cell)).Append(" |");
        text.AppendLine(" Recall");
        First("TRUTH");
        text.AppendLine(rule);

        for (int k = 0; k < classes; k++)
        {
            text.Append(numbered
                ? $"{k.ToString().PadLeft(digits)}. {classNames[k].PadLeft(nameWidth - digits - 2)}"
                : classNames[k].PadLeft(nameWidth)).Append(" ||");
            foreach (double count in matrix.Counts[k])
                text.Append(' ').Append(count.ToString("N0").PadLeft(cell)).Append(" |");
            text.Append(' ').AppendLine(matrix.PerClassRecall[k].ToString("F4").PadLeft(5));
        }

        First("");
        text.AppendLine(rule);
        First("Precision");
        foreach (double precision in matrix.PerClassPrecision)
            text.Append(precision.ToString("N4").PadLeft(cell + 1)).Append(" |");
        return text.AppendLine().ToString();
    }
}
