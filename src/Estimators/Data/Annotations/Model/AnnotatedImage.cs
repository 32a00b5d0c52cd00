namespace Fovea.Data;

/// <summary>An image and its objects.</summary>
/// <param name="Path">The file, absolute.</param>
/// <param name="Width">Columns of the upright image.</param>
/// <param name="Height">Rows of the upright image.</param>
/// <param name="Objects">In the order of their source.</param>
internal sealed record AnnotatedImage(string Path, int Width, int Height, IReadOnlyList<AnnotatedObject> Objects)
{
    /// <summary>Its number in the set (COCO).</summary>
    public long Id { get; init; }
}
