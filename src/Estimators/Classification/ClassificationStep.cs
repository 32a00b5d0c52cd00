using Fovea.Data;
using Fovea.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Classification;

/// <summary>One step of a classifier: normalize, forward, cross-entropy, backward, update.</summary>
internal sealed class ClassificationStep(nn.Module<Tensor, Tensor> network, PixelNormalizer normalizer, int classes, CnnOptions options, Device device, Precision precision)
    : ITrainingStep<ImageBatch>, IDisposable
{
    private readonly WeightUpdate _update = new(options, network);

    public nn.Module Network => network;

    public IReadOnlyList<string> Measures { get; } = [Measure.Loss, Measure.Accuracy];

    public Tensor Train(ImageBatch batch, double rate)
    {
        var labels = batch.Labels.to(device);                                                   // (N,)
        var logits = Forward(batch);                                                            // (N, K)
        var loss = Loss(logits, labels, batch);                                                 // ()
        _update.Run(loss, options.LearningRate * rate);
        return Sums(loss, logits, Dominant(labels, batch));
    }

    // The plain loss, so that a validation loss means the same whatever the smoothing in training.
    public Tensor Validate(ImageBatch batch)
    {
        var labels = batch.Labels.to(device);                                                   // (N,)
        var logits = Forward(batch);                                                            // (N, K)
        return Sums(nn.functional.cross_entropy(logits, labels), logits, labels);
    }

    public int CountOf(ImageBatch batch) => batch.Count;

    /// <summary>By accuracy, and by loss between equals: late in training the loss rises on the few rows that stay wrong.</summary>
    public bool IsBetter(IReadOnlyDictionary<string, double> candidate, IReadOnlyDictionary<string, double> best) =>
        candidate[Measure.Accuracy] != best[Measure.Accuracy] ? candidate[Measure.Accuracy] > best[Measure.Accuracy] : candidate[Measure.Loss] < best[Measure.Loss];

    public void Dispose() => _update.Dispose();

    private Tensor Forward(ImageBatch batch)
    {
        var images = normalizer.Normalize(batch.Images.to(device));                                  // (N, C, H, W) float32
        using var autocast = MixedPrecision.Enter(precision, device);
        return CnnModel.CheckLogits(network.call(images), batch.Count, classes).to(ScalarType.Float32); // (N, K)
    }

    /// <summary>Cross-entropy; of a mixed batch, share * CE(label) + (1 - share) * CE(mixed label), which is CE with the mixed one-hot targets.</summary>
    private Tensor Loss(Tensor logits, Tensor labels, ImageBatch batch)
    {
        if (batch is not { MixedLabels: { } mixed, MixShare: { } share })
            return nn.functional.cross_entropy(logits, labels, label_smoothing: options.LabelSmoothing);
        var own = share.to(device);                                                             // (N,)
        var first = nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.None, label_smoothing: options.LabelSmoothing);            // (N,)
        var second = nn.functional.cross_entropy(logits, mixed.to(device), reduction: nn.Reduction.None, label_smoothing: options.LabelSmoothing); // (N,)
        return (own * first + (1 - own) * second).mean();
    }

    /// <summary>(N,): the label with the larger share, which is what training accuracy of a mixed batch can mean.</summary>
    private Tensor Dominant(Tensor labels, ImageBatch batch) => batch is { MixedLabels: { } mixed, MixShare: { } share }
        ? where(share.to(device).ge(0.5), labels, mixed.to(device))
        : labels;

    private static Tensor Sums(Tensor loss, Tensor logits, Tensor labels)
    {
        using var frozen = no_grad();
        var right = logits.argmax(1).eq(labels).sum().to(ScalarType.Float32);
        return stack([loss.detach() * labels.shape[0], right]);                                 // (2,)
    }
}
