namespace Fovea;

/// <summary>What <c>ml.Vision.SaveSegmentationSheet</c> shows.</summary>
public sealed record SegmentationSheetOptions
{
    /// <summary>Images on the sheet, a row of four pictures each, 1 to 500. Default 8.</summary>
    public int Images { get; init; } = 8;

    /// <summary>
    /// Shows the images with the lowest mean IoU (over the classes that an image's truth shows), the lowest first, as there is most to be seen in
    /// them. False: the first images of the data, in their order. Default true.
    /// </summary>
    public bool WorstFirst { get; init; } = true;

    /// <summary>The longer side of a picture on the sheet, 64 to 2048 pixels, default 320. A smaller image is enlarged by a whole factor.</summary>
    public int TileSize { get; init; } = 320;

    /// <summary>The heading. Default null: none.</summary>
    public string? Title { get; init; }

    /// <summary>The colors of the classes. Null (default): <see cref="ColorMap.Default"/> for as many as there are.</summary>
    public ColorMap? Colors { get; init; }

    /// <summary>How much the colors of truth and prediction cover the image, 0 to 1. Default 0.7.</summary>
    public double MaskOpacity { get; init; } = 0.7;

    /// <summary>Column of images: MLImage, the bytes of an image file, or its path (text). Default <c>Image</c>.</summary>
    public string ImageColumn { get; init; } = "Image";

    /// <summary>What is compared. Default <c>Mask</c> with <c>PredictedMask</c>.</summary>
    public SegmentationEvaluation Evaluation { get; init; } = new();

    /// <summary>Every violated bound, with the value wanted and the value got; none where all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (Images is < 1 or > 500)
            yield return $"{nameof(Images)} must be 1 to 500; it is {Images}";
        if (TileSize is < 64 or > 2048)
            yield return $"{nameof(TileSize)} must be 64 to 2048 pixels; it is {TileSize}";
        if (!(MaskOpacity >= 0 && MaskOpacity <= 1))
            yield return $"{nameof(MaskOpacity)} must be 0 to 1; it is {MaskOpacity}";
        if (string.IsNullOrWhiteSpace(ImageColumn))
            yield return $"{nameof(ImageColumn)} must name a column; it is {(ImageColumn is null ? "null" : $"'{ImageColumn}'")}";
        if (Evaluation is null)
            yield return $"{nameof(Evaluation)} must not be null; leave it out for the usual columns";
        foreach (var problem in Evaluation?.Problems() ?? [])
            yield return $"{nameof(Evaluation)}.{problem}";
    }
}
