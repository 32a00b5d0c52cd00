namespace Fovea.Data;

/// <summary>What is kept of each row until all have been seen: some 100 bytes.</summary>
internal sealed class RowFacts
{
    /// <summary>Which view.</summary>
    public required int Split { get; init; }

    /// <summary>The row's position in it.</summary>
    public required long Row { get; init; }

    /// <summary>The image's path, where there is one.</summary>
    public string? File { get; set; }

    /// <summary>Its label by the view's own numbers; -1 for none.</summary>
    public int Label { get; set; } = -1;

    /// <summary>Of the size and the upright RGB pixels; null where they could not be read.</summary>
    public UInt128? Pixels { get; set; }

    /// <summary>How it looks; null where it could not be read or is plain.</summary>
    public PerceptualHash? Look { get; set; }

    /// <summary>Of boxes and mask; null where the view has neither.</summary>
    public ulong? Annotation { get; set; }
}
