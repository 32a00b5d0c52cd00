using Fovea.Data;

namespace Fovea;

/// <summary>What <c>ml.Vision.EvaluateAutoencoder</c> compares, and how. Columns that a kind of autoencoder does not make are left out where they are not there.</summary>
public sealed record AutoencoderEvaluation
{
    /// <summary>Column of the true, clean images. Default <c>Image</c>.</summary>
    public string ImageColumn { get; init; } = "Image";

    /// <summary>Column of reconstructions, MLImage. Default <c>Reconstruction</c>.</summary>
    public string ReconstructionColumn { get; init; } = "Reconstruction";

    /// <summary>Column of the corrupted images that the network saw, where it is there: they are compared with the clean ones too. Default <c>NoisyImage</c>.</summary>
    public string NoisyImageColumn { get; init; } = "NoisyImage";

    /// <summary>Channels that are compared: those the network has. Default <see cref="ImageChannels.Rgb"/>.</summary>
    public ImageChannels Channels { get; init; } = ImageChannels.Rgb;

    /// <summary>How images are brought to the size of the reconstructions, as the network's. Default <see cref="ResizeMode.Stretch"/>.</summary>
    public ResizeMode Resize { get; init; } = ResizeMode.Stretch;

    /// <summary>Column of the code, whose length is reported where it is there. Default <c>Latent</c>.</summary>
    public string LatentColumn { get; init; } = "Latent";

    /// <summary>Column of −ln p(x|z), where it is there. Default <c>NegativeLogLikelihood</c>.</summary>
    public string NegativeLogLikelihoodColumn { get; init; } = "NegativeLogLikelihood";

    /// <summary>Column of the divergence, where it is there. Default <c>KLDivergence</c>.</summary>
    public string DivergenceColumn { get; init; } = "KLDivergence";

    /// <summary>Column of the importance-weighted bound, where it is there. Default <c>ImportanceWeightedBound</c>.</summary>
    public string ImportanceBoundColumn { get; init; } = "ImportanceWeightedBound";

    /// <summary>Column that says which images truly are anomalies: Boolean, or a key or text with <see cref="AnomalousLabels"/>. Null, the default: nobody knows.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>The labels that are anomalies; of a Boolean column none.</summary>
    public IReadOnlyList<string> AnomalousLabels { get; init; } = [];

    /// <summary>Column of the score, Single, that is higher for anomalies. Default <c>ReconstructionError</c>.</summary>
    public string ScoreColumn { get; init; } = "ReconstructionError";

    /// <summary>Column that says which images were taken for anomalies, Boolean, where it is there. Default <c>IsAnomaly</c>.</summary>
    public string IsAnomalyColumn { get; init; } = "IsAnomaly";

    /// <summary>Stops the evaluation.</summary>
    public CancellationToken Cancellation { get; init; }

    internal IEnumerable<string> Problems()
    {
        foreach (var (name, column) in new[]
        {
            (nameof(ImageColumn), ImageColumn), (nameof(ReconstructionColumn), ReconstructionColumn), (nameof(NoisyImageColumn), NoisyImageColumn), (nameof(LatentColumn), LatentColumn),
            (nameof(NegativeLogLikelihoodColumn), NegativeLogLikelihoodColumn), (nameof(DivergenceColumn), DivergenceColumn), (nameof(ImportanceBoundColumn), ImportanceBoundColumn),
            (nameof(ScoreColumn), ScoreColumn), (nameof(IsAnomalyColumn), IsAnomalyColumn),
        })
            if (string.IsNullOrWhiteSpace(column))
                yield return $"{name} must name a column; it is {(column is null ? "null" : $"'{column}'")}";
        if (ImageColumn == ReconstructionColumn)
            yield return $"{nameof(ImageColumn)} and {nameof(ReconstructionColumn)} must be two columns; both are '{ImageColumn}'";
        if (LabelColumn is not null && string.IsNullOrWhiteSpace(LabelColumn))
            yield return $"{nameof(LabelColumn)} must name a column, or be null for none; it is '{LabelColumn}'";
        if (AnomalousLabels is null || AnomalousLabels.Any(l => l is null))
            yield return $"{nameof(AnomalousLabels)} must not be null nor have nulls; leave them out for none";
        if (LabelColumn is null && AnomalousLabels is { Count: > 0 })
            yield return $"{nameof(AnomalousLabels)} need {nameof(LabelColumn)}, which is null";
        if (!Enum.IsDefined(Channels))
            yield return $"{nameof(Channels)} must be one of {string.Join(", ", Enum.GetNames<ImageChannels>())}; it is {Channels}";
        if (!Enum.IsDefined(Resize))
            yield return $"{nameof(Resize)} must be one of {string.Join(", ", Enum.GetNames<ResizeMode>())}; it is {Resize}";
    }
}
