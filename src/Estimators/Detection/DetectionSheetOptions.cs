namespace Fovea;

/// <summary>What <c>ml.Vision.SaveDetectionSheet</c> shows.</summary>
public sealed record DetectionSheetOptions
{
    /// <summary>Images on the sheet, the worst first, 1 to 500. Default 12.</summary>
    public int Images { get; init; } = 12;

    /// <summary>Images side by side, each with its truth and its prediction, 1 to 50; 0 (default) takes as many as make a sheet some 1400 pixels wide.</summary>
    public int Columns { get; init; }

    /// <summary>The longer side of an image on the sheet, 64 to 2048 pixels. Default 320.</summary>
    public int TileSize { get; init; } = 320;

    /// <summary>The heading. Default null: says how many images there are.</summary>
    public string? Title { get; init; }

    /// <summary>The column of images. Default <c>Image</c>.</summary>
    public string ImageColumn { get; init; } = "Image";

    /// <summary>The other columns, and from which score and IoU on a prediction counts and is right.</summary>
    public DetectionEvaluation Evaluation { get; init; } = new();

    internal IEnumerable<string> Problems()
    {
        if (Images is < 1 or > 500)
            yield return $"{nameof(Images)} must be 1 to 500, but is {Images}";
        if (Columns is < 0 or > 50)
            yield return $"{nameof(Columns)} must be 1 to 50, or 0 for as many as fit, but is {Columns}";
        if (TileSize is < 64 or > 2048)
            yield return $"{nameof(TileSize)} must be 64 to 2048 pixels, but is {TileSize}";
        if (string.IsNullOrWhiteSpace(ImageColumn))
            yield return $"{nameof(ImageColumn)} must name a column; it is {(ImageColumn is null ? "null" : $"'{ImageColumn}'")}";
        if (Evaluation is null)
            yield return $"{nameof(Evaluation)} must not be null";
        foreach (var problem in Evaluation?.Problems() ?? [])
            yield return problem;
    }
}
