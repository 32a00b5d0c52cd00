namespace Fovea.Reporting;

/// <summary>Pictures of one size side by side, and nothing else.</summary>
/// <param name="pictures">All of one size, row by row; at least one.</param>
/// <param name="columns">Pictures in a row.</param>
internal sealed class PictureGrid(IReadOnlyList<Canvas> pictures, int columns) : Sheet
{
    private const int Gap = 2;

    /// <summary>The least side of a picture on the grid, in pixels; smaller ones are enlarged by whole factors.</summary>
    private const int LeastSide = 56;

    protected override string Name => "Images";

    protected override string Words => $"{pictures.Count} pictures in {columns} columns.";

    protected override TPaper Draw<TPaper>(Func<int, int, TPaper> paper)
    {
        var scale = Math.Max(1, (LeastSide + pictures[0].Width - 1) / pictures[0].Width);
        var (width, height) = (pictures[0].Width * scale, pictures[0].Height * scale);
        var rows = (pictures.Count + columns - 1) / columns;
        var grid = paper(columns * (width + Gap) + Gap, rows * (height + Gap) + Gap);
        for (var i = 0; i < pictures.Count; i++)
            grid.Draw(pictures[i], Gap + i % columns * (width + Gap), Gap + i / columns * (height + Gap), width, height);
        return grid;
    }
}
