using System.Text.Json.Serialization;

namespace Fovea;

/// <summary>How a training run went. It is kept in the model file.</summary>
public sealed record TrainingHistory
{
    /// <summary>One record an epoch, in order; a run that was stopped has fewer than its options asked for.</summary>
    public required IReadOnlyList<EpochRecord> Epochs { get; init; }

    /// <summary>The epoch, counted from 1, whose weights the model has; 0 when none was completed.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Why the run ended.</summary>
    public required TrainingEnd End { get; init; }

    /// <summary>The device it ran on: <c>cpu</c> or <c>cuda:N</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The number format it ran in, never <see cref="Fovea.Precision.Auto"/>.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Rows of the training set; 0 in models of versions that did not keep it.</summary>
    public int TrainingImages { get; init; }

    /// <summary>Rows of the validation set; 0 where there was none, and in models of versions that did not keep it.</summary>
    public int ValidationImages { get; init; }

    /// <summary>
    /// What the training set has of each class, in the order of the classes: images of a classifier and of a GAN with classes, objects of a
    /// detector, and of a segmenter pixels, at the size that its network is given and without those that count nowhere; empty where there are
    /// no classes, and in models of versions that did not keep it.
    /// </summary>
    public IReadOnlyDictionary<string, long> ClassCounts { get; init; } = new Dictionary<string, long>();

    /// <summary>What it ran on: the versions of <c>fovea</c>, <c>libtorch</c>, <c>dotnet</c> and <c>os</c>; empty in models of versions that did not keep it.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>Rows that were left out of every epoch because they could not be read (<see cref="Data.OnCorrupt.Skip"/>); training and validation together.</summary>
    public int SkippedImages { get; init; }

    /// <summary>Which these were, with the reason; the first 100.</summary>
    public IReadOnlyList<string> SkippedFiles { get; init; } = [];

    /// <summary>What the log is told of them; null where nothing was left out.</summary>
    [JsonIgnore]
    internal string? SkippedWarning => SkippedImages == 0 ? null
        : $"{SkippedImages} images could not be read and were left out: {string.Join(" ", SkippedFiles.Take(10))}{(SkippedImages > 10 ? " ..." : "")}";

    /// <summary>What the model's own epoch measured: <c>Training.Loss</c>, <c>Validation.Accuracy</c>, ...; empty when no epoch was completed.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, double> Metrics
    {
        get
        {
            if (BestEpoch == 0)
                return new Dictionary<string, double>();
            var best = Epochs[BestEpoch - 1];
            return best.Training.Select(m => KeyValuePair.Create($"{nameof(best.Training)}.{m.Key}", m.Value))
                .Concat((best.Validation ?? new Dictionary<string, double>()).Select(m => KeyValuePair.Create($"{nameof(best.Validation)}.{m.Key}", m.Value)))
                .ToDictionary();
        }
    }
}
