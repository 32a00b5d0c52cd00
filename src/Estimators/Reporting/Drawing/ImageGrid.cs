namespace Fovea.Reporting;

/// <summary>Many small pictures close together, under a title: what generated images are looked at in.</summary>
internal sealed class ImageGrid : Sheet
{
    private const int Margin = 16;

    /// <summary>Between groups of rows and between pictures that stand apart.</summary>
    private const int WideGap = 12;

    /// <summary>The least side of a picture on the sheet; smaller ones are enlarged by a whole factor.</summary>
    private const int LeastSide = 56;

    /// <summary>In bold above.</summary>
    public required string Title { get; init; }

    /// <summary>A faded line below the title; null for none.</summary>
    public string? Subtitle { get; init; }

    /// <summary>From top to bottom.</summary>
    public required IReadOnlyList<ImageGridRow> Rows { get; init; }

    /// <summary>Pixels between neighbors.</summary>
    public int Gap { get; init; } = 3;

    protected override string Name => Title;

    protected override string Words => $"{Subtitle}{(Subtitle is null ? "" : ". ")}{Rows.Sum(r => r.Pictures.Count)} pictures in {Rows.Count} rows"
        + $"{(Rows.Select(r => r.Label).OfType<string>().Distinct().ToList() is { Count: > 0 } labels ? $": {SvgMarkup.Listed(labels)}" : "")}.";

    protected override TPaper Draw<TPaper>(Func<int, int, TPaper> paper)
    {
        var (width, height) = (Rows.Max(r => r.Pictures.Max(p => p.Width)), Rows.Max(r => r.Pictures.Max(p => p.Height)));
        var factor = Math.Max(1, (LeastSide + Math.Max(width, height) - 1) / Math.Max(width, height));
        (width, height) = (width * factor, height * factor);
        var labels = Rows.Max(r => r.Label is null ? 0 : Lettering.Normal.Measure(r.Label) + WideGap);
        var across = Rows.Max(r => Left(r, r.Pictures.Count, width)) - Gap;
        var head = Lettering.Title.LineHeight + 4 + (Subtitle is null ? 0 : WrappedLines(across + labels).Count * Lettering.Normal.LineHeight) + 8;
        var down = Rows.Count * (height + Gap) - Gap + Rows.Skip(1).Count(r => r.BeginsGroup) * WideGap;
        var room = labels + Math.Max(across, 120);
        var sheet = paper(2 * Margin + room, 2 * Margin + head + down);
        sheet.Write(Lettering.Title, Margin, Margin, Lettering.Title.Fit(Title, room), Color.Ink);
        var y = Margin + Lettering.Title.LineHeight + 4;
        if (Subtitle is not null)
            foreach (var line in WrappedLines(across + labels))
            {
                sheet.Write(Lettering.Normal, Margin, y, Lettering.Normal.Fit(line, room), Color.Faded);
                y += Lettering.Normal.LineHeight;
            }
        y = Margin + head;
        for (var i = 0; i < Rows.Count; i++)
        {
            var row = Rows[i];
            y += i > 0 && row.BeginsGroup ? WideGap : 0;
            if (row.Label is not null)
                sheet.Write(Lettering.Normal, Margin, y + (height - Lettering.Normal.LineHeight) / 2, row.Label, Color.Faded);
            for (var j = 0; j < row.Pictures.Count; j++)
            {
                var picture = row.Pictures[j];
                sheet.Draw(picture, Margin + labels + Left(row, j, width), y, picture.Width * factor, picture.Height * factor);
            }
            y += height + Gap;
        }
        return sheet;
    }

    private int Left(ImageGridRow row, int index, int width) => index * (width + Gap) + row.Apart.Count(a => a <= index) * WideGap;

    /// <summary>The subtitle in as many lines as it needs.</summary>
    private List<string> WrappedLines(int room)
    {
        var lines = new List<string>();
        foreach (var word in Subtitle!.Split(' '))
        {
            if (lines.Count > 0 && Lettering.Normal.Measure($"{lines[^1]} {word}") <= Math.Max(room, 120))
                lines[^1] += $" {word}";
            else
                lines.Add(word);
        }
        return lines;
    }
}
