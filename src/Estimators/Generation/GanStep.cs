using Fovea.Data;
using Fovea.Generation.Losses;
using Fovea.Generation.Networks;
using Fovea.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Generation;

/// <summary>
/// One step of a GAN: the discriminator learns from a batch of real and as many generated images, and every
/// <see cref="GanOptions.DiscriminatorSteps"/> batches the generator learns from what the discriminator then says of its images.
/// </summary>
/// <param name="network">Both networks.</param>
/// <param name="normalizer">Brings pixels to [−1, 1].</param>
/// <param name="classes">K; 0 where the networks are not given the class.</param>
/// <param name="options">The loss and the optimizers.</param>
/// <param name="device">Where the networks are.</param>
/// <param name="precision">Of the convolutions.</param>
internal sealed class GanStep(GanNetwork network, PixelNormalizer normalizer, int classes, GanOptions options, Device device, Precision precision)
    : ITrainingStep<ImageBatch>, IDisposable
{
    private readonly WeightUpdate _generatorUpdate = new(options, network.Generator, options.AdamBeta1);
    private readonly WeightUpdate _discriminatorUpdate = new(options, network.Discriminator, options.AdamBeta1);
    private long _steps;

    public nn.Module Network => network;

    /// <summary>The loss is both networks' together: it says nothing of quality, but is not finite where one of them is not.</summary>
    public IReadOnlyList<string> Measures { get; } = [Measure.Loss, Measure.DiscriminatorLoss, Measure.GeneratorLoss, Measure.RealScore, Measure.FakeScore];

    public Tensor Train(ImageBatch batch, double rate)
    {
        var isGeneratorsTurn = ++_steps % options.DiscriminatorSteps == 0;

        var real = normalizer.Normalize(batch.Images.to(device));                                // (N, C, H, W) in [-1, 1]
        var labels = classes == 0 ? null : nn.functional.one_hot(batch.Labels.to(device), classes).to(ScalarType.Float32); // (N, K)
        var fake = Generate(batch.Count, labels, isGeneratorsTurn);                              // (N, C, H, W) in [-1, 1]
        var (realScores, fakeScores, judgeLoss) = TrainDiscriminator(real, fake.detach(), labels, rate);
        if (isGeneratorsTurn)
            TrainGenerator(fake, labels, rate);

        using var frozen = no_grad();
        var makerLoss = AdversarialLoss.OfGenerator(options.Loss, fakeScores);
        return stack([judgeLoss + makerLoss, judgeLoss, makerLoss, Reported(realScores), Reported(fakeScores)]).mul_(batch.Count); // (5,)
    }

    public Tensor Validate(ImageBatch batch) => throw new NotSupportedException("A GAN has no validation loss.");

    public int CountOf(ImageBatch batch) => batch.Count;

    public bool IsBetter(IReadOnlyDictionary<string, double> candidate, IReadOnlyDictionary<string, double> best) => throw new NotSupportedException("A GAN has no validation loss.");

    public void Dispose()
    {
        _generatorUpdate.Dispose();
        _discriminatorUpdate.Dispose();
    }

    private Tensor Generate(int rows, Tensor? labels, bool differentiable)
    {
        using var mode = set_grad_enabled(differentiable);
        var z = LatentSource.Draw(options, rows, device);                                        // (N, Z)
        if (labels is not null)
            z = cat([z, labels], 1);                                                             // (N, Z + K)
        using var autocast = MixedPrecision.Enter(precision, device);
        return network.Generator.call(z);
    }

    private Tensor Judge(Tensor images, Tensor? labels)
    {
        using var autocast = MixedPrecision.Enter(precision, device);
        return network.Discriminator.call(images, labels);                                       // (N,) float32
    }

    /// <returns>D(x) and D(G(z)), (N,), and the loss, (), without gradients.</returns>
    private (Tensor Real, Tensor Fake, Tensor Loss) TrainDiscriminator(Tensor real, Tensor fake, Tensor? labels, double rate)
    {
        // One after the other and not in one batch: batch norm shall see real and generated images apart (Radford et al., 2016).
        var realScores = Judge(real, labels);
        var fakeScores = Judge(fake, labels);
        var loss = AdversarialLoss.OfReal(options.Loss, realScores, options.LabelSmoothing) + AdversarialLoss.OfFake(options.Loss, fakeScores);
        if (options.Loss == GanLoss.Wasserstein && options.GradientPenalty > 0)
            // In float32: bfloat16 has too few digits for a difference from a norm of 1.
            loss = loss + options.GradientPenalty * GradientPenalty.Of(x => network.Discriminator.call(x, labels), real, fake, rand(real.size(0), 1, 1, 1, device: device));
        _discriminatorUpdate.Run(loss, (options.DiscriminatorLearningRate ?? options.LearningRate) * rate);
        return (realScores.detach(), fakeScores.detach(), loss.detach());
    }

    private void TrainGenerator(Tensor fake, Tensor? labels, double rate)
    {
        var loss = AdversarialLoss.OfGenerator(options.Loss, Judge(fake, labels));
        // The discriminator's weights need no gradient here, which is a sixth of the step.
        _generatorUpdate.Run(loss, options.LearningRate * rate, alone: true);
    }

    private Tensor Reported(Tensor scores) => (options.HasProbability ? scores.sigmoid() : scores).mean();
}
