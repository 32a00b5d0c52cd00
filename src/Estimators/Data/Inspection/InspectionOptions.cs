namespace Fovea;

/// <summary>What <c>ml.Vision.Data.Inspect</c> looks at. Columns that a view does not have are passed over.</summary>
public sealed record InspectionOptions
{
    /// <summary>The bits of 255 in which two perceptual hashes may differ, beyond which a comparison makes no sense.</summary>
    public const int LargestNearDistance = 32;

    /// <summary>The column of images. Default <c>Image</c>; it must be there.</summary>
    public string ImageColumn { get; init; } = "Image";

    /// <summary>The column of class labels, key or text. Default <c>Label</c>.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>The column of index masks. Default <c>Mask</c>.</summary>
    public string MaskColumn { get; init; } = "Mask";

    /// <summary>The column of boxes: x0, y0, x1, y1 of each object in pixels of the upright image, half-open. Default <c>BoundingBoxes</c>.</summary>
    public string BoxColumn { get; init; } = "BoundingBoxes";

    /// <summary>The column of the objects' labels. Default <c>Labels</c>.</summary>
    public string BoxLabelColumn { get; init; } = "Labels";

    /// <summary>The classes there should be; a row, object or mask of any other is found. Default null: those of the first view.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>
    /// Two images look alike when their perceptual hashes differ in at most this many of 255 bits, 0 to
    /// <see cref="LargestNearDistance"/>; null looks for equal pixels only. Default 16: copies of photographs that were scaled to
    /// a half, compressed again (JPEG at quality 75) or made brighter by 25 levels differ in up to 8 (blood cells, faces) or 16
    /// bits (street scenes with plain sky), while of 364 photographs of blood cells one pair differs in 24 bits and every other in 87
    /// or more, and of 400 portraits of 40 people none in less than 17. Of the 60,000 pieces of clothing of Fashion-MNIST 57 are found,
    /// which look the same but for small prints.
    /// </summary>
    public int? NearDistance { get; init; } = 16;

    /// <summary>A box with a side shorter than this many pixels is reported; 0 reports none. Default 3.</summary>
    public double SmallBoxSide { get; init; } = 3;

    /// <summary>Threads that decode, 1 to 64; 0 (default) takes as many as there are cores, at most 16.</summary>
    public int Threads { get; init; }

    /// <summary>Told at most ten times a second, from one thread at a time.</summary>
    public IProgress<InspectionProgress>? Progress { get; init; }

    /// <summary>Stops the inspection.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Every violated bound, with the value wanted and the value got.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(ImageColumn))
            yield return $"{nameof(ImageColumn)} must be the name of a column, but is empty";
        if (NearDistance is < 0 or > LargestNearDistance)
            yield return $"{nameof(NearDistance)} must be 0 to {LargestNearDistance} bits, or null, but is {NearDistance}";
        if (!(SmallBoxSide >= 0))
            yield return $"{nameof(SmallBoxSide)} must be 0 or more pixels, but is {SmallBoxSide}";
        if (Threads is < 0 or > 64)
            yield return $"{nameof(Threads)} must be 1 to 64, or 0 for as many as there are cores, but is {Threads}";
        if (ClassNames is { Count: 0 })
            yield return $"{nameof(ClassNames)} must name at least one class, or be null, but is empty";
        foreach (var twice in (ClassNames ?? []).GroupBy(n => n).Where(g => g.Count() > 1))
            yield return $"{nameof(ClassNames)} must differ from each other; '{twice.Key}' is there {twice.Count()} times";
    }

    internal int ThreadsToUse => Threads > 0 ? Threads : Math.Clamp(Environment.ProcessorCount, 1, 16);
}
