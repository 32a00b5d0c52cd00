namespace Fovea.Data;

/// <summary>
/// Annotated images with their classes: what stands between every format's reader or writer and data views, so that no
/// format needs to know another.
/// </summary>
/// <param name="ClassNames">Of classes 0, 1, ...; each once.</param>
/// <param name="Images">In the order of the view.</param>
/// <param name="Fields">Which of the optional properties mean something.</param>
internal sealed record AnnotatedSet(IReadOnlyList<string> ClassNames, IReadOnlyList<AnnotatedImage> Images, AnnotationFields Fields)
{
    /// <summary>COCO's number of each class; null where the source has none.</summary>
    public IReadOnlyList<long>? CategoryIds { get; init; }

    /// <summary>COCO's group of each class; null where the source has none.</summary>
    public IReadOnlyList<string>? Supercategories { get; init; }

    public bool Has(AnnotationFields field) => (Fields & field) != 0;
}
