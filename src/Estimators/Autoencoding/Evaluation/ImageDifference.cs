namespace Fovea.Autoencoding.Evaluation;

/// <summary>Sums of what differs between images and others of the same size, over a set.</summary>
internal sealed class ImageDifference
{
    private long _squares, _values, _images;
    private double _similarities;

    /// <summary>Of pixels in [0, 1].</summary>
    public double MeanSquaredError => _squares / (255.0 * 255) / _values;

    /// <summary>Mean over the images.</summary>
    public double Ssim => _similarities / _images;

    /// <param name="truth">(H, W, C).</param>
    /// <param name="other">(H, W, C).</param>
    /// <param name="width">W.</param>
    /// <param name="channels">C.</param>
    public void Add(ReadOnlySpan<byte> truth, ReadOnlySpan<byte> other, int width, int channels)
    {
        for (var i = 0; i < truth.Length; i++)
            _squares += (truth[i] - other[i]) * (truth[i] - other[i]);
        _values += truth.Length;
        _images++;
        _similarities += StructuralSimilarity.Of(truth, other, width, channels);
    }
}
