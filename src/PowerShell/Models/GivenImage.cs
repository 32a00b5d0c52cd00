using Microsoft.ML.Data;

namespace Fovea.PowerShell;

/// <summary>One image to predict: a path, the bytes of a file, or pixels.</summary>
internal sealed record GivenImage
{
    public string? Path { get; init; }

    public byte[]? Bytes { get; init; }

    public MLImage? Pixels { get; init; }

    /// <summary>Its position among all.</summary>
    public required long Row { get; init; }

    /// <summary>The class that a data set says; null where there is none.</summary>
    public string? TrueLabel { get; init; }

    /// <summary>What an error names.</summary>
    public object Target => (object?)Path ?? $"image {Row}";
}
