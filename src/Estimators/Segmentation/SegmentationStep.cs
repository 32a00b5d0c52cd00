using Fovea.Data;
using Fovea.Segmentation.Networks;
using Fovea.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Segmentation;

/// <summary>One step of a segmenter: normalize, forward, loss of every pixel, backward, update.</summary>
/// <param name="network">The network.</param>
/// <param name="normalizer">Makes its input of pixels.</param>
/// <param name="classes">K.</param>
/// <param name="classWeights">(K,) float32 on the device, for losses that balance the classes; else null.</param>
/// <param name="options">The loss and the optimizer.</param>
/// <param name="device">Where the network is.</param>
/// <param name="precision">Of the convolutions.</param>
internal sealed class SegmentationStep(SegmentationNetwork network, PixelNormalizer normalizer, int classes, Tensor? classWeights, SegmentationOptions options, Device device, Precision precision)
    : ITrainingStep<ImageBatch>, IDisposable
{
    /// <summary>Weight of the second head's loss beside the first's; PSPNet's and torchvision's number.</summary>
    private const double AuxiliaryWeight = 0.4;

    private readonly WeightUpdate _update = new(options, network);

    public nn.Module Network => network;

    public IReadOnlyList<string> Measures { get; } = [Measure.Loss, Measure.PixelAccuracy, Measure.MeanIoU];

    /// <summary>The loss, and the confusion matrix of the pixels.</summary>
    public int Sums => 1 + classes * classes;

    public Tensor Train(ImageBatch batch, double rate)
    {
        var targets = Targets(batch);
        var (logits, auxiliary) = Forward(batch, withAuxiliary: options.Auxiliary);                 // (N, K, H, W)
        var loss = options.Loss.Compute(logits, targets);
        if (auxiliary is not null)
            loss = loss + AuxiliaryWeight * options.Loss.Compute(auxiliary, targets);
        _update.Run(loss, options.LearningRate * rate);
        return SumsOf(loss, logits, targets, batch.Count);
    }

    public Tensor Validate(ImageBatch batch)
    {
        var targets = Targets(batch);
        var (logits, _) = Forward(batch, withAuxiliary: false);
        return SumsOf(options.Loss.Compute(logits, targets), logits, targets, batch.Count);
    }

    public IReadOnlyList<double> Summarize(ReadOnlySpan<double> sums, long rows)
    {
        if (!double.IsFinite(sums[0]))
            return [double.NaN, double.NaN, double.NaN];
        var counts = new long[classes, classes];
        for (var i = 0; i < classes * classes; i++)
            counts[i / classes, i % classes] = (long)sums[1 + i];
        var metrics = new SegmentationMetrics([.. Enumerable.Range(0, classes).Select(k => $"{k}")], counts);
        return [sums[0] / rows, metrics.PixelAccuracy, metrics.MeanIoU];
    }

    public int CountOf(ImageBatch batch) => batch.Count;

    public bool IsBetter(IReadOnlyDictionary<string, double> candidate, IReadOnlyDictionary<string, double> best) =>
        candidate[Measure.MeanIoU] != best[Measure.MeanIoU] ? candidate[Measure.MeanIoU] > best[Measure.MeanIoU] : candidate[Measure.Loss] < best[Measure.Loss];

    public void Dispose() => _update.Dispose();

    private PixelTargets Targets(ImageBatch batch) => new(batch.Masks!.to(device), classes, classWeights);

    private (Tensor Logits, Tensor? Auxiliary) Forward(ImageBatch batch, bool withAuxiliary)
    {
        var images = normalizer.Normalize(batch.Images.to(device));                                      // (N, C, H, W) float32
        using var autocast = MixedPrecision.Enter(precision, device);
        Tensor? second = null;
        var logits = StridePadding.Run(images, padded =>
        {
            if (!withAuxiliary)
                return network.call(padded);
            (var first, second) = network.ForwardWithAuxiliary(padded);
            return first;
        }, network.Stride, network.MinimumSize);
        var (height, width) = (images.size(2), images.size(3));
        return (logits.to(ScalarType.Float32), second?.narrow(2, 0, height).narrow(3, 0, width).to(ScalarType.Float32));
    }

    /// <returns>(1 + K * K,), float64: the loss times the rows, then the counts [truth, prediction].</returns>
    private Tensor SumsOf(Tensor loss, Tensor logits, PixelTargets targets, int rows)
    {
        using var frozen = no_grad();
        var predicted = logits.detach().argmax(1);                                                  // (N, H, W)
        // One bin more for pixels that do not count.
        var bins = (targets.Indices * classes + predicted).masked_fill_(targets.IsIgnored, classes * classes);
        var counts = bins.flatten().bincount(weights: null, minlength: classes * classes + 1).narrow(0, 0, classes * classes);
        return cat([(loss.detach() * rows).to(ScalarType.Float64).view(1), counts.to(ScalarType.Float64)]);
    }
}
