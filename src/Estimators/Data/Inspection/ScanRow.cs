namespace Fovea.Data;

/// <summary>A row as a cursor gave it, on its way to the thread that looks at it. Reused.</summary>
internal sealed class ScanRow
{
    public RawImage Image { get; } = new();

    public RawImage Mask { get; } = new();

    public List<AnnotatedObject> Objects { get; } = [];

    /// <summary>Columns and rows that the annotation states; 0 for none.</summary>
    public (int Width, int Height) StatedSize { get; set; }

    public RowFacts Facts { get; set; } = null!;

    /// <summary>Why the row has no image; null where it has.</summary>
    public string? ImageError { get; set; }

    /// <summary>Why the row has no mask; null where it has.</summary>
    public string? MaskError { get; set; }

    /// <summary>What was found while the row was read: its label, its objects.</summary>
    public List<DatasetFinding> Findings { get; } = [];
}
