namespace Fovea.Reporting;

/// <summary>A row of an <see cref="ImageGrid"/>.</summary>
/// <param name="Label">What stands left of it; null for nothing.</param>
/// <param name="Pictures">From left to right.</param>
internal sealed record ImageGridRow(string? Label, IReadOnlyList<Canvas> Pictures)
{
    /// <summary>Indices of pictures that stand apart from those left of them.</summary>
    public IReadOnlyList<int> Apart { get; init; } = [];

    /// <summary>Stands apart from the row above.</summary>
    public bool BeginsGroup { get; init; }
}
