namespace Fovea.Reporting;

/// <summary>A grid of pictures with captions, boxes and masks, under a title and over a legend.</summary>
internal sealed class ContactSheet : Sheet
{
    private const int Margin = 16;
    private const int Gap = 10;

    /// <summary>The width a sheet tends to where the number of columns is left open.</summary>
    private const int UsualWidth = 1400;

    /// <summary>In bold above; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>A faded line below the title; null for none.</summary>
    public string? Subtitle { get; init; }

    /// <summary>Tiles in a row; 0 takes as many as make a sheet of usual width.</summary>
    public int Columns { get; init; }

    /// <summary>The longer side of a picture in pixels.</summary>
    public int TileSize { get; init; } = 256;

    /// <summary>What the colors mean; empty for none.</summary>
    public IReadOnlyList<(string Name, Color Color)> Legend { get; init; } = [];

    /// <summary>The pictures, row by row.</summary>
    public IReadOnlyList<SheetTile> Tiles { get; init; } = [];

    protected override string Name => Title ?? (Tiles.Count == 1 ? "1 picture" : $"{Tiles.Count} pictures");

    protected override string Words => string.Join(" ", ((string?[])
    [
        Subtitle, Tiles.Count == 0 ? null : $"Pictures: {SvgMarkup.Listed(Tiles.Select(t => string.Join(", ", t.Caption)))}.",
        Legend.Count == 0 ? null : $"Colors are of {SvgMarkup.Listed(Legend.Select(l => l.Name))}.",
    ]).OfType<string>());

    protected override TPaper Draw<TPaper>(Func<int, int, TPaper> paper)
    {
        var sizes = Tiles.Select(t => TilePainter.Size(t.Picture, TileSize)).ToList();
        // Cells are as large as the largest picture; captions need some width whatever the pictures are.
        var cellWidth = Math.Max(sizes.Select(s => s.Width).DefaultIfEmpty(TileSize).Max(), Math.Min(TileSize, 96));
        var columns = Math.Max(1, Columns > 0 ? Columns : Math.Min(Tiles.Count, (UsualWidth - 2 * Margin + Gap) / (cellWidth + Gap)));
        var captionHeight = Tiles.Select(t => t.Caption.Count).DefaultIfEmpty(0).Max() * Lettering.Normal.LineHeight;
        var width = 2 * Margin + columns * cellWidth + (columns - 1) * Gap;
        var legend = new Legend(Legend, width - 2 * Margin);
        var headHeight = (Title is null ? 0 : Lettering.Title.LineHeight + 4) + (Subtitle is null ? 0 : Lettering.Normal.LineHeight + 4);
        var rows = sizes.Chunk(columns).Select(row => row.Max(s => s.Height)).ToList();
        var height = 2 * Margin + headHeight + (headHeight > 0 ? Gap / 2 : 0) + rows.Sum() + rows.Count * (captionHeight + 4) + Math.Max(0, rows.Count - 1) * Gap + (legend.Height > 0 ? Gap + legend.Height : 0);

        var sheet = paper(width, height);
        var y = DrawHead(sheet, width - 2 * Margin);
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < columns && row * columns + column < Tiles.Count; column++)
            {
                var (tile, size) = (Tiles[row * columns + column], sizes[row * columns + column]);
                var x = Margin + column * (cellWidth + Gap);
                TilePainter.Draw(sheet, tile, x + (cellWidth - size.Width) / 2, y + (rows[row] - size.Height) / 2, size.Width, size.Height);
                DrawCaption(sheet, tile, x, y + rows[row] + 4, cellWidth);
            }
            y += rows[row] + captionHeight + 4 + Gap;
        }
        legend.Draw(sheet, Margin, y);
        return sheet;
    }

    /// <returns>Where the tiles begin.</returns>
    private int DrawHead(IPaper paper, int width)
    {
        var y = Margin;
        if (Title is not null)
        {
            paper.Write(Lettering.Title, Margin, y, Lettering.Title.Fit(Title, width), Color.Ink);
            y += Lettering.Title.LineHeight + 4;
        }
        if (Subtitle is not null)
        {
            paper.Write(Lettering.Normal, Margin, y, Lettering.Normal.Fit(Subtitle, width), Color.Faded);
            y += Lettering.Normal.LineHeight + 4;
        }
        return y > Margin ? y + Gap / 2 : y;
    }

    private static void DrawCaption(IPaper paper, SheetTile tile, int x, int y, int width)
    {
        for (var line = 0; line < tile.Caption.Count; line++)
        {
            var indent = 0;
            if (line == 0 && tile.Marker is { } marker)
            {
                indent = 9;
                paper.Fill(x, y + 2, x + 5, y + 14, marker);
            }
            paper.Write(Lettering.Normal, x + indent, y + line * Lettering.Normal.LineHeight, Lettering.Normal.Fit(tile.Caption[line], width - indent), line == 0 ? Color.Ink : Color.Faded);
        }
    }
}
