using Fovea.Reporting;

namespace Fovea.Autoencoding.Evaluation;

/// <summary>An image, what the network saw of it and what it made of that.</summary>
/// <param name="name">What a caption calls it.</param>
/// <param name="reader">Knows the size.</param>
/// <param name="truth">(H, W, C).</param>
/// <param name="input">(H, W, C); null where the network saw the image itself.</param>
/// <param name="result">(H, W, C).</param>
internal sealed class ReconstructedImage(string name, PixelReader reader, byte[] truth, byte[]? input, byte[] result)
{
    public string Name => name;

    /// <summary>The network saw something else than the image.</summary>
    public bool IsCorrupted => input is not null;

    /// <summary>Higher for anomalies; null where there is no such column.</summary>
    public float? Score { get; init; }

    /// <summary>Whether it truly is one; null where nobody knows.</summary>
    public bool? IsAnomaly { get; init; }

    /// <summary>Mean squared difference of pixels in [0, 1].</summary>
    public double MeanSquaredError
    {
        get
        {
            var sum = 0L;
            for (var i = 0; i < truth.Length; i++)
                sum += (truth[i] - result[i]) * (truth[i] - result[i]);
            return sum / (255.0 * 255) / truth.Length;
        }
    }

    public Canvas Image() => reader.Picture(truth);

    /// <summary>What the network saw, the image itself where nothing was done to it.</summary>
    public Canvas Seen() => reader.Picture(input ?? truth);

    public Canvas Made() => reader.Picture(result);
}
