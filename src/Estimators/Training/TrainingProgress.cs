namespace Fovea;

/// <summary>Where a training run stands.</summary>
public sealed record TrainingProgress
{
    /// <summary>The running epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs in all.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps done in this epoch.</summary>
    public required int Step { get; init; }

    /// <summary>Steps of one epoch.</summary>
    public required int Steps { get; init; }

    /// <summary>Means over this epoch's training rows so far: <c>Loss</c> first, then the room's metrics.</summary>
    public required IReadOnlyDictionary<string, double> Training { get; init; }

    /// <summary>The rate of the last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Training rows a second in this epoch so far.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Since training began.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Estimated from the steps done; zero at the end.</summary>
    public required TimeSpan Remaining { get; init; }

    /// <summary>Set once an epoch, when it and its validation are over.</summary>
    public EpochRecord? Completed { get; init; }

    /// <summary>
    /// With <see cref="Completed"/> where <see cref="TrainingOptions.ParametersEvery"/> asks for it: every parameter after the epoch's last
    /// step, in the network's order. Else null.
    /// </summary>
    public IReadOnlyList<ParameterHistogram>? Parameters { get; init; }
}
