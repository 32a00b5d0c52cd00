using Fovea.Autoencoding.Losses;
using Fovea.Autoencoding.Networks;
using Fovea.Data;
using Fovea.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Autoencoding;

/// <summary>One step of an autoencoder: corrupt the input where wanted, encode, draw a code where wanted, decode, loss, update.</summary>
/// <param name="network">The network.</param>
/// <param name="normalizer">Makes pixels in [0, 1].</param>
/// <param name="stepsPerEpoch">For the warm-up of β.</param>
/// <param name="options">The loss and the optimizer.</param>
/// <param name="device">Where the network is.</param>
/// <param name="precision">Of convolutions and matrix products.</param>
internal sealed class AutoencoderStep(AutoencoderNetwork network, PixelNormalizer normalizer, int stepsPerEpoch, AutoencoderOptions options, Device device, Precision precision)
    : ITrainingStep<ImageBatch>, IDisposable
{
    private readonly WeightUpdate _update = new(options, network);
    private long _steps;

    public nn.Module Network => network;

    public IReadOnlyList<string> Measures { get; } = options.IsVariational ? [Measure.Loss, Measure.ReconstructionLoss, Measure.DivergenceLoss] : [Measure.Loss];

    /// <summary>β of the next step.</summary>
    internal double Beta => options.BetaWarmUpEpochs > 0 ? options.Beta * Math.Min(1, _steps / (options.BetaWarmUpEpochs * stepsPerEpoch)) : options.Beta;

    public Tensor Train(ImageBatch batch, double rate)
    {
        var (reconstruction, divergence) = Forward(batch);                              // (N,) each
        var loss = (divergence is null ? reconstruction : reconstruction + divergence * Beta).mean();
        _update.Run(loss, options.LearningRate * rate);
        _steps++;
        return SumsOf(loss.detach() * batch.Count, reconstruction, divergence);
    }

    // With β = 1, so that a validation loss is a bound on the likelihood whatever the weight in training.
    public Tensor Validate(ImageBatch batch)
    {
        var (reconstruction, divergence) = Forward(batch);
        return SumsOf((divergence is null ? reconstruction : reconstruction + divergence).sum(), reconstruction, divergence);
    }

    public int CountOf(ImageBatch batch) => batch.Count;

    public bool IsBetter(IReadOnlyDictionary<string, double> candidate, IReadOnlyDictionary<string, double> best) => candidate[Measure.Loss] < best[Measure.Loss];

    public void Dispose() => _update.Dispose();

    /// <returns>−ln p(x|z), (N,), and of the variational kind the divergence, (N,).</returns>
    private (Tensor Reconstruction, Tensor? Divergence) Forward(ImageBatch batch)
    {
        var images = normalizer.Normalize(batch.Images.to(device));                     // (N, C, H, W), in [0, 1]
        var input = options.Kind == AutoencoderKind.Denoising ? options.Noise.Apply(images) : images;
        Tensor logits;
        Tensor? divergence = null;
        using (MixedPrecision.Enter(precision, device))
        {
            var (code, logVariance) = network.Encode(input);                            // (N, Z)
            if (logVariance is not null)
            {
                var (mean, spread) = (code.to(ScalarType.Float32), logVariance.to(ScalarType.Float32));
                divergence = NormalCode.Divergence(mean, spread);                       // (N,)
                code = NormalCode.Sample(mean, spread, randn_like(mean));               // (N, Z)
            }
            logits = network.Decode(code);                                              // (N, C, H, W)
        }
        return (ReconstructionLoss.PerImage(logits.to(ScalarType.Float32), images, options.ChosenLikelihood, options.GaussianDeviation), divergence);
    }

    /// <returns>A sum over the batch's rows for each measure.</returns>
    private static Tensor SumsOf(Tensor loss, Tensor reconstruction, Tensor? divergence)
    {
        using var frozen = no_grad();
        return divergence is null ? loss.view(1) : stack([loss, reconstruction.detach().sum(), divergence.detach().sum()]);
    }
}
