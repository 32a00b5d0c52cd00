namespace Fovea;

/// <summary>How <see cref="VisionCatalog.EvaluateGeneration"/> measures.</summary>
public sealed record GenerationEvaluation
{
    /// <summary>Column of generated images: MLImage, the bytes of an image file, or its path (text). Default <c>GeneratedImage</c>.</summary>
    public string GeneratedColumn { get; init; } = "GeneratedImage";

    /// <summary>Column of real images, alike. Default <c>Image</c>.</summary>
    public string RealColumn { get; init; } = "Image";

    /// <summary>The neighbor that a point's ball reaches to, in precision and recall, 1 to 9. Default 3, the paper's.</summary>
    public int Neighbors { get; init; } = 3;

    /// <summary>Decides which half of the real images a row belongs to. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Cancels within one batch.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Every bound that is violated, with the value wanted and the value got; none where all is well.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (name, column) in new[] { (nameof(GeneratedColumn), GeneratedColumn), (nameof(RealColumn), RealColumn) })
            if (string.IsNullOrWhiteSpace(column))
                yield return $"{name} must name a column; it is {(column is null ? "null" : $"'{column}'")}";
        if (Neighbors is < 1 or > 9)
            yield return $"{nameof(Neighbors)} must be 1 to 9; it is {Neighbors}";
    }
}
