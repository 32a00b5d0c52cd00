using System.Text.Json.Serialization;
using Fovea.Data;
using Microsoft.ML;

namespace Fovea;

/// <summary>What every training run has: how long, how fast, on what, and who is told. Each room's options derive from it.</summary>
public abstract record TrainingOptions
{
    private protected TrainingOptions() { }

    /// <summary>Passes over the training rows, at least 1. Default 10.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Rows of one optimizer step, at least 1. The last batch of an epoch may be smaller. Default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Default <see cref="OptimizerKind.Adam"/>.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The rate before the schedule, above 0. Default 0.001; SGD usually wants 0.01 to 0.1.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the rate changes while training. Default: it does not.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Momentum of SGD and RMSprop, in [0, 1). Adam takes its own 0.9 and 0.999. Default 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Nesterov's momentum; with SGD only. Default false.</summary>
    public bool Nesterov { get; init; }

    /// <summary>L2 penalty, or AdamW's decay, at least 0. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Scales the gradients down to this global L2 norm where they exceed it, above 0. Null, the default: never.</summary>
    public double? ClipGradientNorm { get; init; }

    /// <summary>
    /// In (0, 1): validation and the model get an exponential moving average of the weights with this decay at each step (0.99 to
    /// 0.9999; the longer the training, the nearer to 1), which is steadier than the last ones. Null, the default: the weights themselves.
    /// </summary>
    public double? AverageWeights { get; init; }

    /// <summary>
    /// Decides weights, order, augmentation and dropout: the same seed on the same device gives the same bits. Trainings that run
    /// at the same time in one process share LibTorch's generator and disturb each other's weights and dropout. Default 0.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>Where training and later prediction run. Default <see cref="ComputeDevice.Auto"/>.</summary>
    [JsonIgnore]
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;

    /// <summary>Number format of convolutions and matrix products. Default <see cref="Precision.Auto"/>.</summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>Share of the rows, in [0, 1), held out to validate after each epoch; not together with <see cref="ValidationSet"/>. Default 0.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>Rows to validate on after each epoch; the same columns as the training data. Default none.</summary>
    [JsonIgnore]
    public IDataView? ValidationSet { get; init; }

    /// <summary>Stops after this many epochs without a better validation result, at least 1; needs validation. Null, the default: never.</summary>
    public int? Patience { get; init; }

    /// <summary>With validation, the model gets the weights of its best epoch instead of the last. Default true.</summary>
    public bool RestoreBestWeights { get; init; } = true;

    /// <summary>How images are brought to the network: threads, memory, batches ahead.</summary>
    [JsonIgnore]
    public LoaderOptions Loader { get; init; } = new();

    /// <summary>Told after every epoch, and in between at most ten times a second, on the training thread. Default nobody.</summary>
    [JsonIgnore]
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>
    /// After each so many epochs (1: every one; at least 1) <see cref="TrainingProgress.Parameters"/> tells how weights and gradients are
    /// spread, for listeners that show it, as <see cref="TensorBoardProgress"/> does. Null, the default: never, which costs nothing.
    /// </summary>
    [JsonIgnore]
    public int? ParametersEvery { get; init; }

    /// <summary>Cancels within one step; see <see cref="TrainingCanceledException"/>.</summary>
    [JsonIgnore]
    public CancellationToken Cancellation { get; init; }

    /// <summary>Every violated bound, with the value wanted and the value got. Empty when the options are usable.</summary>
    public virtual IEnumerable<string> Problems()
    {
        if (Epochs < 1)
            yield return $"{nameof(Epochs)} must be at least 1; it is {Epochs}";
        if (BatchSize < 1)
            yield return $"{nameof(BatchSize)} must be at least 1; it is {BatchSize}";
        if (!Enum.IsDefined(Optimizer))
            yield return $"{nameof(Optimizer)} must be one of {string.Join(", ", Enum.GetNames<OptimizerKind>())}; it is {Optimizer}";
        if (!(LearningRate > 0) || !double.IsFinite(LearningRate))
            yield return $"{nameof(LearningRate)} must be above 0 and finite; it is {LearningRate}";
        if (Schedule is null)
            yield return $"{nameof(Schedule)} must not be null; {nameof(LearningRateSchedule)}.{nameof(LearningRateSchedule.Constant)} keeps the rate";
        else
            foreach (var problem in Schedule.Problems())
                yield return problem;
        if (!(Momentum is >= 0 and < 1))
            yield return $"{nameof(Momentum)} must be in [0, 1); it is {Momentum}";
        if (Nesterov && (Optimizer != OptimizerKind.Sgd || Momentum == 0))
            yield return $"{nameof(Nesterov)} needs {nameof(OptimizerKind.Sgd)} with a momentum above 0; they are {Optimizer} and {Momentum}";
        if (!(WeightDecay >= 0) || !double.IsFinite(WeightDecay))
            yield return $"{nameof(WeightDecay)} must be at least 0 and finite; it is {WeightDecay}";
        if (ClipGradientNorm is { } norm && !(norm > 0))
            yield return $"{nameof(ClipGradientNorm)} must be above 0, or null for no clipping; it is {norm}";
        if (AverageWeights is { } decay && !(decay is > 0 and < 1))
            yield return $"{nameof(AverageWeights)} must be in (0, 1), or null for no average; it is {decay}";
        if (!Enum.IsDefined(Precision))
            yield return $"{nameof(Precision)} must be one of {string.Join(", ", Enum.GetNames<Precision>())}; it is {Precision}";
        if (!(ValidationFraction is >= 0 and < 1))
            yield return $"{nameof(ValidationFraction)} must be in [0, 1); it is {ValidationFraction}";
        if (ValidationFraction > 0 && ValidationSet is not null)
            yield return $"{nameof(ValidationFraction)} and {nameof(ValidationSet)} exclude each other; the fraction is {ValidationFraction} and a set is given";
        if (Patience is < 1)
            yield return $"{nameof(Patience)} must be at least 1, or null to run all epochs; it is {Patience}";
        if (Patience is not null && !(ValidationFraction > 0) && ValidationSet is null)
            yield return $"{nameof(Patience)} needs {nameof(ValidationFraction)} or {nameof(ValidationSet)}; neither is given";
        if (ParametersEvery is < 1)
            yield return $"{nameof(ParametersEvery)} must be at least 1, or null for never; it is {ParametersEvery}";
        if (Loader is null)
            yield return $"{nameof(Loader)} must not be null; leave it out for the defaults";
        else
            foreach (var problem in Loader.Problems())
                yield return problem.TrimEnd('.');
    }

    /// <exception cref="ArgumentException">With every problem in its message.</exception>
    internal void ThrowIfUnusable(string argument)
    {
        Problems().ThrowIfAny(GetType().Name, argument);
    }
}
