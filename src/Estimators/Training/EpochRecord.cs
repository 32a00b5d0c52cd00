namespace Fovea;

/// <summary>What one epoch gave.</summary>
public sealed record EpochRecord
{
    /// <summary>Counts from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The rate of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Means over the training rows while the weights were changing: <c>Loss</c> first, then the room's metrics.</summary>
    public required IReadOnlyDictionary<string, double> Training { get; init; }

    /// <summary>Means over the validation rows after the epoch; null without validation.</summary>
    public IReadOnlyDictionary<string, double>? Validation { get; init; }

    /// <summary>Training rows a second, validation not counted.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Wall time of training and validation.</summary>
    public required TimeSpan Duration { get; init; }
}
