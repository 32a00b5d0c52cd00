using System.Text;
using Fovea.Data;

namespace Fovea.Reporting;

/// <summary>A report in a terminal: plain lines of text, figures and pictures in words.</summary>
internal static class TextReport
{
    public static string Of(ReportPage page)
    {
        var text = new StringBuilder();
        text.AppendLine(page.Title).AppendLine(page.Subtitle);
        if (page.Headline.Count > 0)
            Facts(text.AppendLine(), page.Headline, 0);
        foreach (var section in page.Sections)
        {
            text.AppendLine().AppendLine(section.Title).Append('=', section.Title.Length).AppendLine();
            foreach (var part in section.Parts)
                Part(text, part);
        }
        return text.ToString();
    }

    private static void Part(StringBuilder text, ReportPart part)
    {
        switch (part)
        {
            case FactsPart facts: Facts(text, facts.Facts, 2); break;
            case NotePart note: text.AppendLine($"  {(note.IsWarning ? "Warning: " : "")}{note.Text}"); break;
            case TablePart { Rows.Count: > 0 } table: Table(text, table); break;
            case FigurePart figure: text.AppendLine($"  {figure.Chart.Description}"); break;
            case PicturesPart { Groups.Count: > 0 } pictures: Pictures(text, pictures); break;
        }
    }

    private static void Facts(StringBuilder text, IReadOnlyList<ReportFact> facts, int indent)
    {
        var width = facts.Select(f => f.Label.Length).DefaultIfEmpty(0).Max();
        foreach (var fact in facts)
            text.Append(' ', indent).AppendLine($"{fact.Label.PadRight(width)}  {fact.Value.Text}".TrimEnd());
    }

    private static void Table(StringBuilder text, TablePart part)
    {
        var most = TablePart.MostLines;
        var (rows, left) = part.Shown is null ? part.Take(most) : (part with { Shown = [.. TablePart.Spread(part.Shown.Count, most).Select(i => part.Shown[i])] }).Take(most);
        text.AppendLine().AppendLine($"  {part.Title}");
        var table = new ReportTable([.. part.Columns.Select(c => c.Title)]);
        foreach (var row in rows)
            table.Add([.. row.Select(v => v.Text)]);
        table.AppendTo(text, 2);
        if (left is not null)
            text.AppendLine($"  {left}");
    }

    private static void Pictures(StringBuilder text, PicturesPart part)
    {
        text.AppendLine().AppendLine($"  {part.Title}");
        foreach (var group in part.Groups)
            text.AppendLine($"    {string.Join("; ", group.Facts.Select(f => $"{f.Label} {f.Value.Text}").Prepend(group.Name))}");
    }
}
