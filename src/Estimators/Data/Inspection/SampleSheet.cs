using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea.Data;

/// <summary>Samples of views, drawn with their labels, boxes and masks.</summary>
internal static class SampleSheet
{
    /// <summary>Legends with more entries say nothing any more.</summary>
    private const int LongestLegend = 60;

    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png, an option is out of range, or a column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">There are no rows.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(IReadOnlyList<(string Name, IDataView View)> views, string path, ContactSheetOptions options)
    {
        PictureFile.Require(path);
        Make(views, options).Save(path);
    }

    public static ContactSheet Make(IReadOnlyList<(string Name, IDataView View)> views, ContactSheetOptions options)
    {
        options.ThrowIfUnusable(views.Count);
        var tiles = new List<SheetTile>();
        var legend = new List<(string Name, Color Color)>();
        for (var i = 0; i < views.Count; i++)
        {
            var (name, view) = views[i];
            var columns = options.Find(view.Schema);
            var count = options.Images * (i + 1) / views.Count - options.Images * i / views.Count;
            var rows = SampleRows.Choose(view, columns.Label, count, options.Rows, options.Seed);
            tiles.AddRange(Read(view, columns, rows, name, options, legend));
        }
        if (tiles.Count == 0)
            throw new InvalidDataException("The data has no rows to show. Check the path or the filter it comes from.");
        return new ContactSheet
        {
            Title = options.Title,
            Columns = options.Augmentation is null ? options.Columns : options.Variants + 1,
            TileSize = options.TileSize,
            Tiles = tiles,
            Legend = legend.Count > LongestLegend ? [.. legend.Take(LongestLegend), ($"and {legend.Count - LongestLegend} more", Color.White)] : legend,
        };
    }

    private static IEnumerable<SheetTile> Read(IDataView view, ScanColumns columns, SampleRows chosen, string split, ContactSheetOptions options, List<(string, Color)> legend)
    {
        var wanted = chosen.Rows.ToHashSet();
        var tiles = new Dictionary<long, SheetTile>();
        using var reader = new ScanReader(view, columns, 0);
        var maker = new TileMaker(reader, chosen, split, options);
        var row = new ScanRow();
        while (tiles.Count < wanted.Count && reader.MoveNext())
        {
            if (!wanted.Contains(reader.Position))
                continue;
            reader.Read(row);
            tiles[reader.Position] = maker.Make(row);
        }
        foreach (var entry in maker.Legend().Where(e => !legend.Contains(e)))
            legend.Add(entry);
        if (options.Augmentation is null)
            return chosen.Rows.Select(r => tiles[r]);
        return new AugmentedTiles([.. chosen.Rows.Select(r => (r, tiles[r]))], reader.ObjectClasses, options).Make().ToList();
    }
}
