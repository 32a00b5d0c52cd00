using Fovea.Data;

namespace Fovea;

/// <summary>What a contact sheet shows. Columns that the view does not have are passed over.</summary>
public sealed record ContactSheetOptions
{
    /// <summary>Images on the sheet, 1 to 1000, default 20: as many of each class where there are labels, else any. With several views a share of each.</summary>
    public int Images { get; init; } = 20;

    /// <summary>The rows to show instead, by their positions in the view; of a single view only. Default null.</summary>
    public IReadOnlyList<long>? Rows { get; init; }

    /// <summary>Chooses the images: the same seed takes the same. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Images side by side, 1 to 100; 0 (default) takes as many as make a sheet some 1400 pixels wide.</summary>
    public int Columns { get; init; }

    /// <summary>The longer side of an image on the sheet, 32 to 2048 pixels, default 256. A smaller image is enlarged by a whole factor.</summary>
    public int TileSize { get; init; } = 256;

    /// <summary>The heading. Default null: none.</summary>
    public string? Title { get; init; }

    /// <summary>How much a mask's colors cover the image, 0 (no mask) to 1. Default 0.5.</summary>
    public double MaskOpacity { get; init; } = 0.5;

    /// <summary>Shows after each image what these random changes may make of it, in rows of one original and its variants. Default null: none.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>Variants of each image, 1 to 50, default 5; for <see cref="Augmentation"/> only.</summary>
    public int Variants { get; init; } = 5;

    /// <summary>
    /// The size of the network's input that the augmentation works on, as its shifts and blurs count pixels of it: each side 1 to
    /// 4096; for <see cref="Augmentation"/> only. Default null: the size that the image has on the sheet.
    /// </summary>
    public (int Height, int Width)? InputSize { get; init; }

    /// <summary>The column of images. Default <c>Image</c>; it must be there.</summary>
    public string ImageColumn { get; init; } = "Image";

    /// <summary>The column of class labels. Default <c>Label</c>.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>The column of index masks. Default <c>Mask</c>.</summary>
    public string MaskColumn { get; init; } = "Mask";

    /// <summary>The column of boxes. Default <c>BoundingBoxes</c>.</summary>
    public string BoxColumn { get; init; } = "BoundingBoxes";

    /// <summary>The column of the objects' labels. Default <c>Labels</c>.</summary>
    public string BoxLabelColumn { get; init; } = "Labels";

    /// <summary>Every violated bound, with the value wanted and the value got.</summary>
    public IEnumerable<string> Problems()
    {
        if (Images is < 1 or > 1000)
            yield return $"{nameof(Images)} must be 1 to 1000, but is {Images}";
        if (Rows is { Count: 0 or > 1000 })
            yield return $"{nameof(Rows)} must be 1 to 1000 rows, or null, but are {Rows.Count}";
        foreach (var row in (Rows ?? []).Where(r => r < 0).Take(1))
            yield return $"{nameof(Rows)} must be 0 or more, but one is {row}";
        if (Columns is < 0 or > 100)
            yield return $"{nameof(Columns)} must be 1 to 100, or 0 for as many as fit, but is {Columns}";
        if (TileSize is < 32 or > 2048)
            yield return $"{nameof(TileSize)} must be 32 to 2048 pixels, but is {TileSize}";
        if (Variants is < 1 or > 50)
            yield return $"{nameof(Variants)} must be 1 to 50, but are {Variants}";
        if (InputSize is var (height, width) && (height is < 1 or > 4096 || width is < 1 or > 4096))
            yield return $"{nameof(InputSize)} must be 1 to 4096 pixels a side, but is {height} x {width}";
        if (!(MaskOpacity >= 0 && MaskOpacity <= 1))
            yield return $"{nameof(MaskOpacity)} must be 0 to 1, but is {MaskOpacity}";
    }

    internal void ThrowIfUnusable(int views)
    {
        var problems = Problems().ToList();
        if (Rows is not null && views > 1)
            problems.Add($"{nameof(Rows)} can be given for a single view only, but there are {views}");
        if (problems.Count > 0)
            throw new ArgumentException($"The contact sheet cannot be made: {string.Join("; ", problems)}.", "options");
    }

    internal ScanColumns Find(Microsoft.ML.DataViewSchema schema) => ScanColumns.Find(schema, ImageColumn, LabelColumn, MaskColumn, BoxColumn, BoxLabelColumn);
}
