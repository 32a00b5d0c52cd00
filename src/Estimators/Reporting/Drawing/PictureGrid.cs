namespace Fovea.Reporting;

/// <summary>Pictures of one size side by side, and nothing else.</summary>
internal static class PictureGrid
{
    private const int Gap = 2;

    /// <summary>The least side of a picture on the grid, in pixels; smaller ones are enlarged by whole factors.</summary>
    private const int LeastSide = 56;

    /// <param name="pictures">All of one size, row by row; at least one.</param>
    /// <param name="columns">Pictures in a row.</param>
    public static Canvas Draw(IReadOnlyList<Canvas> pictures, int columns)
    {
        var scale = Math.Max(1, (LeastSide + pictures[0].Width - 1) / pictures[0].Width);
        var (width, height) = (pictures[0].Width * scale, pictures[0].Height * scale);
        var rows = (pictures.Count + columns - 1) / columns;
        var grid = new Canvas(columns * (width + Gap) + Gap, rows * (height + Gap) + Gap);
        for (var i = 0; i < pictures.Count; i++)
            grid.Draw(pictures[i], Gap + i % columns * (width + Gap), Gap + i / columns * (height + Gap), width, height);
        return grid;
    }
}
