using System.Globalization;
using Fovea.Reporting;
using Microsoft.ML.Runtime;

namespace Fovea.Generation;

/// <summary>Looks at a GAN's training after each epoch: warns where the discriminator has won, writes samples, and tells the caller's listener.</summary>
/// <param name="options">Loss, folder and listener.</param>
/// <param name="predictor">Makes the samples.</param>
/// <param name="toEval">Puts the network in eval mode; the loop puts it back.</param>
/// <param name="classes">K.</param>
/// <param name="channel">Is warned.</param>
internal sealed class GanWatch(GanOptions options, GanPredictor predictor, Action toEval, int classes, IChannel channel) : IProgress<TrainingProgress>
{
    private const int Columns = 10, Rows = 10;

    /// <summary>Mean over an epoch below which the discriminator cannot be told that it is wrong.</summary>
    private const double Nothing = 0.01;

    private readonly float[][] _latents = LatentSource.Draw(options, Columns * Rows, options.Seed);
    private bool _hasWon;

    public void Report(TrainingProgress value)
    {
        if (value.Completed is { } epoch)
        {
            Check(epoch);
            Draw(epoch.Epoch);
        }
        options.Progress?.Report(value);
    }

    /// <summary>Whether an epoch's means say that the generator has nothing left to learn from.</summary>
    internal static bool HasWon(GanLoss loss, double smoothing, IReadOnlyDictionary<string, double> means) => loss switch
    {
        GanLoss.NonSaturating or GanLoss.Minimax or GanLoss.LeastSquares => means[Measure.RealScore] > 1 - smoothing - Nothing && means[Measure.FakeScore] < Nothing,
        // Both margins are kept, so that no image gives a gradient.
        GanLoss.Hinge => means[Measure.DiscriminatorLoss] < Nothing,
        // The distance has no end at which one of them has won.
        _ => false,
    };

    private void Check(EpochRecord epoch)
    {
        var won = HasWon(options.Loss, options.LabelSmoothing, epoch.Training);
        if (won && !_hasWon)
            channel.Warning(MessageSensitivity.None, string.Create(CultureInfo.InvariantCulture,
                $"Epoch {epoch.Epoch}: the discriminator has won. It says {epoch.Training[Measure.RealScore]:0.000} of real and {epoch.Training[Measure.FakeScore]:0.000} of generated images on average, so the generator has little to learn from. ")
                + $"Try a lower {nameof(GanOptions.DiscriminatorLearningRate)}, {nameof(GanOptions.LabelSmoothing)} = 0.1, {nameof(GanOptions.SpectralNorm)}, or {nameof(GanLoss)}.{nameof(GanLoss.Wasserstein)}.");
        _hasWon = won;
    }

    private void Draw(int epoch)
    {
        if (options.SampleFolder is null)
            return;
        toEval();
        // With classes a column each, as far as there are columns.
        var pictures = predictor.Generate(_latents, classes == 0 ? null : [.. Enumerable.Range(0, _latents.Length).Select(i => i % Columns % classes)]);
        new PictureGrid([.. pictures.Select(p => p.ToCanvas())], Columns).Save(Path.Combine(options.SampleFolder, string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch:000}.png")));
    }
}
