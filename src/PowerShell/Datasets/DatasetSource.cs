namespace Fovea.PowerShell;

/// <summary>What <c>Import-ImageDataset</c> was told: where, and what it needs to know of the format. All paths are absolute.</summary>
internal sealed record DatasetSource
{
    public required string Path { get; init; }

    public DatasetFormat Format { get; init; }

    /// <summary>The part of the set, as its format calls it; null for the format's own.</summary>
    public string? Split { get; init; }

    public string? Images { get; init; }

    public string? Masks { get; init; }

    public string? Labels { get; init; }

    public string? MaskSuffix { get; init; }

    public IReadOnlyList<string>? ClassName { get; init; }

    public IReadOnlyList<byte>? MaskValue { get; init; }

    public int? IgnoreIndex { get; init; }

    public string? ImageColumn { get; init; }

    public string? LabelColumn { get; init; }

    public string? MaskColumn { get; init; }

    public char? Delimiter { get; init; }

    public bool? Coarse { get; init; }

    public bool? OneBased { get; init; }

    public bool? AllowPathsOutside { get; init; }

    public bool? Recurse { get; init; }

    /// <summary>What the pixels of masks mean; null where nothing was said.</summary>
    public MaskClasses? MaskClasses => ClassName is null ? null : new MaskClasses(ClassName) { IgnoreIndex = IgnoreIndex, Values = MaskValue };
}
