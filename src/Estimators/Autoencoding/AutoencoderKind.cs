namespace Fovea;

/// <summary>What an autoencoder learns.</summary>
public enum AutoencoderKind
{
    /// <summary>To bring each image back from a short code.</summary>
    Compression,

    /// <summary>To bring each image back from a corrupted one (Vincent et al., 2008, https://doi.org/10.1145/1390156.1390294); see <see cref="AutoencoderOptions.Noise"/>.</summary>
    Denoising,

    /// <summary>
    /// A distribution of codes for each image and of images for each code (Kingma and Welling, 2014, https://arxiv.org/abs/1312.6114):
    /// codes are drawn from a normal distribution, so new images can be too.
    /// </summary>
    Variational,
}
