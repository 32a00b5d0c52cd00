namespace Fovea.Autoencoding;

/// <summary>What an autoencoder says of one image.</summary>
internal sealed record AutoencoderPrediction
{
    /// <summary>(Z,): the code; of the variational kind its mean.</summary>
    public required float[] Latent { get; init; }

    /// <summary>(Z,): σ²; empty for other kinds.</summary>
    public required float[] Variance { get; init; }

    /// <summary>(H, W, C).</summary>
    public required byte[] Reconstruction { get; init; }

    /// <summary>(H, W, C): what the network saw; empty where that is the image itself.</summary>
    public required byte[] Seen { get; init; }

    /// <summary>Mean squared difference to the image, pixels in [0, 1].</summary>
    public required float Error { get; init; }

    /// <summary>−ln p(x|z) of a drawn z, nats; of the variational kind.</summary>
    public float NegativeLogLikelihood { get; init; }

    /// <summary>Nats; of the variational kind.</summary>
    public float Divergence { get; init; }

    /// <summary>On −ln p(x), nats; of the variational kind, where asked for.</summary>
    public float ImportanceBound { get; init; }
}
