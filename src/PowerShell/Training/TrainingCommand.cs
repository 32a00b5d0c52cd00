using System.Management.Automation;
using Microsoft.ML;

namespace Fovea.PowerShell;

/// <summary>Training as a cmdlet: parameters become options, the training runs on its own thread, and what it says reaches the pipeline or a job.</summary>
/// <typeparam name="TOptions">The room's options.</typeparam>
public abstract class TrainingCommand<TOptions> : FoveaCommand
    where TOptions : TrainingOptions, new()
{
    private protected TrainingCommand() { }

    /// <summary>What to learn from; of a split its part to learn from.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Train")]
    [ValidateNotNullOrEmpty]
    public ImageDataset Dataset { get; set; } = null!;

    /// <summary>Data held out, of a split its other part: nothing is learned from it. It travels with the model, and Measure-ImageModel takes it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Test")]
    public ImageDataset? TestDataset { get; set; }

    /// <inheritdoc cref="TrainingOptions.Epochs"/>
    [Parameter]
    public int? Epochs { get; set; }

    /// <inheritdoc cref="TrainingOptions.BatchSize"/>
    [Parameter]
    public int? BatchSize { get; set; }

    /// <inheritdoc cref="TrainingOptions.Optimizer"/>
    [Parameter]
    public OptimizerKind? Optimizer { get; set; }

    /// <inheritdoc cref="TrainingOptions.LearningRate"/>
    [Parameter]
    public double? LearningRate { get; set; }

    /// <inheritdoc cref="TrainingOptions.Schedule"/>
    [Parameter]
    [FactoryText(typeof(LearningRateSchedule))]
    [ArgumentCompleter(typeof(FactoryCompleter<LearningRateSchedule>))]
    public LearningRateSchedule? Schedule { get; set; }

    /// <inheritdoc cref="TrainingOptions.Momentum"/>
    [Parameter]
    public double? Momentum { get; set; }

    /// <inheritdoc cref="TrainingOptions.Nesterov"/>
    [Parameter]
    public SwitchParameter Nesterov { get; set; }

    /// <inheritdoc cref="TrainingOptions.WeightDecay"/>
    [Parameter]
    public double? WeightDecay { get; set; }

    /// <inheritdoc cref="TrainingOptions.ClipGradientNorm"/>
    [Parameter]
    public double? ClipGradientNorm { get; set; }

    /// <inheritdoc cref="TrainingOptions.AverageWeights"/>
    [Parameter]
    public double? AverageWeights { get; set; }

    /// <inheritdoc cref="TrainingOptions.Seed"/>
    [Parameter]
    public int? Seed { get; set; }

    /// <inheritdoc cref="TrainingOptions.Device"/>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public ComputeDevice? Device { get; set; }

    /// <inheritdoc cref="TrainingOptions.Precision"/>
    [Parameter]
    public Precision? Precision { get; set; }

    /// <inheritdoc cref="LoaderOptions.Threads"/>
    [Parameter]
    public int? LoaderThreads { get; set; }

    /// <inheritdoc cref="LoaderOptions.CacheBytes"/>
    [Parameter]
    public long? LoaderCacheBytes { get; set; }

    /// <inheritdoc cref="LoaderOptions.Prefetch"/>
    [Parameter]
    public int? LoaderPrefetch { get; set; }

    /// <inheritdoc cref="LoaderOptions.DiskCache"/>
    [Parameter]
    [SessionPath]
    public string? LoaderDiskCache { get; set; }

    /// <inheritdoc cref="LoaderOptions.DiskCacheBytes"/>
    [Parameter]
    public long? LoaderDiskCacheBytes { get; set; }

    /// <inheritdoc cref="LoaderOptions.KeepDiskCache"/>
    [Parameter]
    public SwitchParameter LoaderKeepDiskCache { get; set; }

    /// <inheritdoc cref="LoaderOptions.OnCorrupt"/>
    [Parameter]
    public OnCorrupt? LoaderOnCorrupt { get; set; }

    /// <summary>The file to save the model to when training is over, and the best weights so far when it is stopped by Ctrl+C or diverges.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CheckpointCompleter))]
    public string? Checkpoint { get; set; }

    /// <summary>Overwrites the checkpoint where it is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Puts out an object for each epoch as it ends, before the model.</summary>
    [Parameter]
    public SwitchParameter PassThruEpochs { get; set; }

    /// <summary>Trains in the background and puts out a job, whose result is the model.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected override object? Target => Dataset;

    /// <summary>The room's trainer.</summary>
    /// <exception cref="ArgumentException">Options are out of their bounds.</exception>
    private protected abstract IEstimator<ITransformer> Trainer(VisionCatalog vision, TOptions options);

    /// <summary>The options that no parameter of their name sets.</summary>
    private protected abstract TOptions Complete(TOptions options, ImageDataset dataset);

    /// <summary>The network that the options ask for.</summary>
    private protected abstract string NetworkOf(TOptions options);

    private protected override void Process()
    {
        var options = Complete(OptionsMap.Fill<TOptions>(this, NewPath), Dataset);
        // Whatever is wrong with the options shows here, before anything is asked or done.
        Trainer(ML.Vision, options);
        var job = new TrainingRun<TOptions>
        {
            Options = options,
            Network = NetworkOf(options),
            Training = Dataset,
            Test = TestDataset,
            Checkpoint = Checkpoint is null ? null : WritablePath(Checkpoint, Force),
            ReportsEpochs = PassThruEpochs,
            Trainer = Trainer,
        };
        if (IsWhatIf())
        {
            var plan = Worker.Run("Fovea plan", (_, token) => TrainingPlan.Make(job, token), new CommandStreams(this), Stop);
            ShouldProcess(plan.ToString(), "", "");
            return;
        }
        if (!ShouldProcess(Dataset.ToString(), $"Train {job.Network} for {options.Epochs} epochs"))
            return;
        if (AsJob)
        {
            var background = new TrainingJob(MyInvocation.Line ?? "", job.Network, job.Run);
            JobRepository.Add(background);
            background.Start();
            WriteObject(background);
            return;
        }
        if (Worker.Run("Fovea training", job.Run, new CommandStreams(this), Stop) is { } model)
            WriteObject(model);
    }

    private bool IsWhatIf() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? given is SwitchParameter { IsPresent: true } or true
        : GetVariableValue("WhatIfPreference") is true or SwitchParameter { IsPresent: true };
}
