using System.Globalization;
using System.Text;
using Microsoft.ML;

namespace Fovea.PowerShell;

/// <summary>What a training would be and cost, from a few timed steps: for <c>-WhatIf</c>.</summary>
internal sealed record TrainingPlan
{
    /// <summary>Batches that are timed, and how often.</summary>
    private const int TimedSteps = 3, Passes = 4;

    public required string Network { get; init; }

    public required ImageDataset Training { get; init; }

    public required TrainingOptions Options { get; init; }

    public required NetworkSummary Summary { get; init; }

    public required string Device { get; init; }

    public required Precision Precision { get; init; }

    /// <summary>Of the fastest pass over the timed steps: the first decodes the images, and any may have been held up by something else.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>All epochs, without validation.</summary>
    public TimeSpan Time => TimeSpan.FromSeconds(Options.Epochs * Training.Rows / ImagesPerSecond);

    /// <summary>Weights, gradients, two moments of each weight, and the outputs of a batch with their gradients; bytes in float32.</summary>
    public long Memory => (4 * Summary.ParameterBytes) + (2 * Options.BatchSize * Summary.OutputBytes);

    public static TrainingPlan Make<TOptions>(TrainingRun<TOptions> run, CancellationToken cancellation)
        where TOptions : TrainingOptions
    {
        var ml = new MLContext(run.Options.Seed);
        var speed = new FastestPass();
        // Nothing is held out, saved or shown of it.
        var options = (TOptions)((TrainingOptions)run.Options with
        {
            Epochs = Passes,
            ValidationFraction = 0,
            ValidationSet = null,
            Patience = null,
            Progress = speed,
            Cancellation = cancellation,
            // A kept file of decoded images would be rebuilt for these few.
            Loader = run.Options.Loader with { DiskCache = null, KeepDiskCache = false },
        });
        if (options is GanOptions gan)
            options = (TOptions)(TrainingOptions)(gan with { SampleFolder = null });
        // The first rows may be all of one class; a shuffled pool has several.
        var few = ml.Data.TakeRows(ml.Data.ShuffleRows(run.Training.View, run.Options.Seed), (long)TimedSteps * run.Options.BatchSize);
        using var model = ImageModel.Of(run.Trainer(ml.Vision, options).Fit(few));
        return new()
        {
            Network = run.Network,
            Training = run.Training,
            Options = run.Options,
            Summary = model.Summary,
            Device = model.History.Device,
            Precision = model.History.Precision,
            ImagesPerSecond = speed.ImagesPerSecond,
        };
    }

    /// <summary>In words.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Train {Network} on {Training.Name} for {Options.Epochs} epochs on {Device} in {Precision}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  images      {Training.Rows:#,0}{(Training.ClassNames.Count > 0 ? $" of {Training.ClassNames.Count} classes" : "")}, {Options.BatchSize} a step");
        text.AppendLine(CultureInfo.InvariantCulture, $"  parameters  {Summary.Parameters:#,0}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  MACs        {Summary.Macs:#,0} an image of {string.Join('x', Summary.InputSize)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  memory      about {Memory / 1048576.0:#,0} MiB for weights and a step");
        text.Append(CultureInfo.InvariantCulture, $"  time        about {(Time.TotalHours >= 1 ? $"{Time.TotalHours:0.0} hours" : Time.TotalMinutes >= 2 ? $"{Time.TotalMinutes:0} minutes" : $"{Math.Ceiling(Time.TotalSeconds):0} seconds")} at {ImagesPerSecond:#,0} images a second");
        return text.ToString();
    }

    private sealed class FastestPass : IProgress<TrainingProgress>
    {
        public double ImagesPerSecond { get; private set; }

        public void Report(TrainingProgress value) => ImagesPerSecond = Math.Max(ImagesPerSecond, value.Completed?.ImagesPerSecond ?? 0);
    }
}
