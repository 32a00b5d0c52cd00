using Fovea.Data;
using Fovea.Detection.Networks;
using Fovea.Training;
using static TorchSharp.torch;

namespace Fovea.Detection;

/// <summary>One step of a detector: normalize, the network's losses, backward, update; in validation the average precision besides.</summary>
internal sealed class DetectionStep : ITrainingStep<ImageBatch>, IDisposable
{
    private readonly DetectionNetwork _network;
    private readonly PixelNormalizer _normalizer;
    private readonly DetectionOptions _options;
    private readonly Device _device;
    private readonly Precision _precision;
    private readonly WeightUpdate _update;
    private readonly ScoreBins _bins;

    /// <param name="network">The network.</param>
    /// <param name="normalizer">Makes its input of pixels.</param>
    /// <param name="classes">K.</param>
    /// <param name="options">The optimizer and the thresholds.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="precision">Of the convolutions.</param>
    public DetectionStep(DetectionNetwork network, PixelNormalizer normalizer, int classes, DetectionOptions options, Device device, Precision precision)
    {
        (_network, _normalizer, _options, _device, _precision) = (network, normalizer, options, device, precision);
        _update = new WeightUpdate(options, network);
        _bins = new ScoreBins(classes);
        Measures = [Measure.Loss, .. network.LossParts, Measure.AveragePrecision50];
    }

    public nn.Module Network => _network;

    /// <summary>In training the average precision is left out: it would cost a second forward pass.</summary>
    public IReadOnlyList<string> Measures { get; }

    /// <summary>The loss, its parts, and what average precision is computed from.</summary>
    public int Sums => Measures.Count - 1 + _bins.Count;

    public Tensor Train(ImageBatch batch, double rate)
    {
        Tensor losses;
        using (MixedPrecision.Enter(_precision, _device))
            losses = _network.Losses(Images(batch), Targets(batch));                            // (P,)
        var loss = losses.sum();
        _update.Run(loss, _options.LearningRate * rate);
        return cat([Parts(losses, batch.Count), zeros(_bins.Count, ScalarType.Float64, _device)]);
    }

    public Tensor Validate(ImageBatch batch)
    {
        var targets = Targets(batch);
        Tensor losses;
        Candidates found;
        using (MixedPrecision.Enter(_precision, _device))
            (losses, found) = _network.Evaluate(Images(batch), targets, CandidateLimits.Of(_options));
        return cat([Parts(losses, batch.Count), _bins.Fill(found.Suppress(_options.IouThreshold, _options.MaxDetections), targets)]);
    }

    public IReadOnlyList<double> Summarize(ReadOnlySpan<double> sums, long rows)
    {
        var parts = Measures.Count - 1;
        var means = new List<double>();
        foreach (var sum in sums[..parts])
            means.Add(sum / rows);
        if (_bins.AveragePrecision(sums[parts..]) is { } precision)
            means.Add(precision);
        return means;
    }

    public int CountOf(ImageBatch batch) => batch.Count;

    public bool IsBetter(IReadOnlyDictionary<string, double> candidate, IReadOnlyDictionary<string, double> best)
    {
        var (precision, bestPrecision) = (candidate[Measure.AveragePrecision50], best[Measure.AveragePrecision50]);
        return precision != bestPrecision ? precision > bestPrecision : candidate[Measure.Loss] < best[Measure.Loss];
    }

    public void Dispose() => _update.Dispose();

    private Tensor Images(ImageBatch batch) => _normalizer.Normalize(batch.Images.to(_device));     // (N, C, H, W) float32

    private DetectionTargets Targets(ImageBatch batch) => DetectionTargets.Of(batch.Boxes!, batch.Count, _device, _options.FasterRcnn.ProposalsColumn is not null);

    /// <returns>(1 + P,), float64: the loss and its parts, times the rows.</returns>
    private static Tensor Parts(Tensor losses, int rows)
    {
        var parts = losses.detach().to(ScalarType.Float64) * rows;
        return cat([parts.sum().view(1), parts]);
    }
}
