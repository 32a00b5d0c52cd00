using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Data;

/// <summary>
/// A normalization with its numbers, ready on a device: the one place where pixels become a network's input, in training and
/// prediction alike. What is small of it is stored in model.json as <see cref="Description"/>, what is large as tensors beside the weights.
/// </summary>
internal sealed class PixelNormalizer : IDisposable
{
    /// <summary>Begins the names of its tensors in a weight file. A colon is in no key of PyTorch's, whose parts are names of fields.</summary>
    public const string Prefix = "normalization:";

    private const string MeanKey = Prefix + "mean", WhiteningKey = Prefix + "whitening";

    private readonly ImageInput _input;
    private readonly float[] _scale = [];
    private readonly float[] _shift = [];
    private readonly Tensor? _mean;      // (C, H, W), float32
    private readonly Tensor? _whitening; // (D, D), float32, D = C·H·W

    private PixelNormalizer(Normalization description, ImageInput input, Tensor? mean, Tensor? whitening)
    {
        Description = description;
        _input = input;
        _mean = mean;
        _whitening = whitening;
        if (description.Kind != NormalizationKind.PerChannel)
            return;
        // x * scale + shift is one multiplication and one addition an element, and differs from the formula by rounding only.
        _scale = new float[input.Channels];
        _shift = new float[input.Channels];
        for (var c = 0; c < input.Channels; c++)
        {
            double center = description.Mean[c % description.Mean.Count], deviation = description.StdDev[c % description.StdDev.Count];
            _scale[c] = (float)(1.0 / (255.0 * deviation));
            _shift[c] = (float)(-center / deviation);
        }
    }

    /// <summary>What it is, nothing left to measure: given numbers, or that there is a mean image or a whitening matrix.</summary>
    public Normalization Description { get; }

    /// <summary>Of given numbers.</summary>
    /// <param name="description">Without <see cref="Normalization.Problems"/>, of the kind <see cref="NormalizationKind.PerChannel"/>.</param>
    /// <param name="input">The images.</param>
    public static PixelNormalizer Of(Normalization description, ImageInput input) => new(description, input, null, null);

    /// <summary>Of a set, in one pass over it where there is something to measure.</summary>
    /// <param name="wanted">Without <see cref="Normalization.Problems"/>; <see cref="NormalizationKind.Auto"/> is <see cref="NormalizationKind.Measured"/>.</param>
    /// <param name="set">The training images.</param>
    /// <param name="device">Where it will be used.</param>
    /// <param name="cancellation">Stops the pass.</param>
    /// <exception cref="InvalidDataException">An image cannot be read; the message names it.</exception>
    public static PixelNormalizer Measure(Normalization wanted, ImageSet set, Device device, CancellationToken cancellation)
    {
        switch (wanted.Kind)
        {
            case NormalizationKind.PerChannel:
                return Of(wanted, set.Input);
            case NormalizationKind.MeanImage:
                using (var mean = PixelStatistics.MeanImage(set, cancellation))
                    return new(wanted, set.Input, Keep(mean, device), null);
            case NormalizationKind.Zca:
                var (center, whitening) = PixelStatistics.Zca(set, wanted.Epsilon, device, cancellation);
                using (center)
                using (whitening)
                    return new(wanted, set.Input, Keep(center, device), Keep(whitening, device));
            default:
                var (means, deviations) = PixelStatistics.OfChannels(set, cancellation);
                return Of(Normalization.PerChannel([.. means.Select(m => (float)m)], [.. deviations.Select(d => d < 1e-4 ? 1f : (float)d)]), set.Input);
        }
    }

    /// <summary>From a model file.</summary>
    /// <param name="description">What model.json says.</param>
    /// <param name="input">The images.</param>
    /// <param name="weights">The tensors of the file, which stay the caller's.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="device">Where it will be used.</param>
    /// <exception cref="InvalidDataException">Its numbers are out of bounds, or tensors are missing, of another shape, or more than there should be.</exception>
    public static PixelNormalizer Load(Normalization description, ImageInput input, IReadOnlyDictionary<string, Tensor> weights, string path, Device device)
    {
        var problems = description.Problems(input.Channels, input.Height, input.Width).ToList();
        if (description.Kind is NormalizationKind.Auto or NormalizationKind.Measured)
            problems.Add($"the normalization '{description.Kind}' has not been measured");
        string[] wanted = description.Kind switch
        {
            NormalizationKind.MeanImage => [MeanKey],
            NormalizationKind.Zca => [MeanKey, WhiteningKey],
            _ => [],
        };
        problems.AddRange(weights.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)).Except(wanted).Select(k => $"the tensor '{k}' does not belong to it"));
        foreach (var key in wanted)
        {
            long[] shape = key == MeanKey ? [input.Channels, input.Height, input.Width] : [input.SampleBytes, input.SampleBytes];
            if (!weights.TryGetValue(key, out var tensor))
                problems.Add($"the tensor '{key}' is missing");
            else if (!tensor.shape.SequenceEqual(shape) || tensor.dtype != ScalarType.Float32)
                problems.Add($"the tensor '{key}' must be ({string.Join(", ", shape)}) of Float32; it is ({string.Join(", ", tensor.shape)}) of {tensor.dtype}");
        }
        if (problems.Count > 0)
            throw new InvalidDataException($"'{path}' has a normalization that cannot be used: {string.Join("; ", problems)}. The file was changed or damaged; save the model again.");
        return new(description, input, wanted.Length > 0 ? Keep(weights[MeanKey], device) : null, wanted.Length > 1 ? Keep(weights[WhiteningKey], device) : null);
    }

    /// <summary>The tensors to store with the weights; they stay its own.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Tensors()
    {
        if (_mean is not null)
            yield return new(MeanKey, _mean);
        if (_whitening is not null)
            yield return new(WhiteningKey, _whitening);
    }

    /// <summary>Pixels as the network wants them. May be called by several threads at once.</summary>
    /// <param name="images">(N, C, H, W), uint8, RGB, on its device; contiguous or channels-last, and the result is laid out the same.</param>
    /// <returns>(N, C, H, W), float32. The caller's to dispose.</returns>
    /// <exception cref="ArgumentException">They have another size than the mean image.</exception>
    public Tensor Normalize(Tensor images)
    {
        using var scope = NewDisposeScope();
        if (_mean is null)
            return Scaled(images).MoveToOuterDisposeScope();
        if (images.dim() != 4 || images.size(1) != _input.Channels || images.size(2) != _input.Height || images.size(3) != _input.Width)
            throw new ArgumentException($"Images of ({string.Join(", ", images.shape)}) cannot be normalized by a {Description}, which was measured on {_input.Channels} x {_input.Height} x {_input.Width}. They must have that size.", nameof(images));
        var centered = images.to(ScalarType.Float32).div_(255).sub_(_mean);
        return (_whitening is null ? centered : Whiten(centered, _whitening)).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _mean?.Dispose();
        _whitening?.Dispose();
    }

    private Tensor Scaled(Tensor images)
    {
        if (images.dim() == 4 && images.size(1) > 1 && images.permute(0, 2, 3, 1) is var rows && rows.is_contiguous())
        {
            // A row of pixels at a time: where the factors repeat with every pixel, LibTorch's innermost loop has C steps, and takes seven times as long.
            var width = images.size(3);
            var x = rows.flatten(2).to(ScalarType.Float32);                            // (N, H, W·C)
            x.mul_(tensor(_scale, device: images.device).repeat(width)).add_(tensor(_shift, device: images.device).repeat(width));
            return x.view(rows.shape).permute(0, 3, 1, 2);                             // (N, C, H, W)
        }
        return images.to(ScalarType.Float32).mul_(PerChannel(_scale)).add_(PerChannel(_shift));

        Tensor PerChannel(float[] values) => tensor(values, device: images.device).reshape(1, values.Length, 1, 1);
    }

    private static Tensor Whiten(Tensor x, Tensor whitening)
    {
        var result = x.flatten(1).matmul(whitening).reshape(x.shape);                  // (N, C, H, W); the matrix is symmetric
        var isChannelsLast = x.size(1) > 1 && x.stride()[1] == 1;
        return isChannelsLast ? result.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : result;
    }

    /// <summary>A copy on a device that no dispose scope ends.</summary>
    private static Tensor Keep(Tensor tensor, Device device)
    {
        using var frozen = no_grad();
        return tensor.to(device, copy: true).DetachFromDisposeScope();
    }
}
