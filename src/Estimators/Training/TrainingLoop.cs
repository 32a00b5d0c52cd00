using Fovea.Data;
using static TorchSharp.torch;

namespace Fovea.Training;

/// <summary>The one loop: epochs, seeds, dispose scopes, schedule, validation, early stop, best weights, progress, cancellation, NaN stop.</summary>
/// <param name="step">What is done with a batch.</param>
/// <param name="options">How long, how fast, who is told.</param>
/// <param name="device">Where the network is.</param>
/// <param name="precision">For the history.</param>
/// <param name="time">The clock; null for the system's.</param>
internal sealed class TrainingLoop<TBatch>(ITrainingStep<TBatch> step, TrainingOptions options, Device device, Precision precision, TimeProvider? time = null)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly List<EpochRecord> _epochs = [];
    private IReadOnlyList<string> _skipped = [];
    private readonly WeightAverage? _average = options.AverageWeights is { } decay ? new(step.Network, decay) : null;
    private long _start;
    private int _best;

    private TimeSpan Elapsed => _time.GetElapsedTime(_start);

    public TrainingOutcome Run(IBatchSource<TBatch> training, IBatchSource<TBatch>? validation)
    {
        using var snapshot = new WeightSnapshot(step.Network);
        using var average = _average;
        _start = _time.GetTimestamp();
        for (var epoch = 1; ; epoch++)
        {
            var began = Elapsed;
            var pass = Train(training, epoch);
            if (pass.End is TrainingEnd.Completed && !AreWeightsFinite())
                pass = pass with { End = TrainingEnd.Diverged, Means = NotANumber };
            if (pass.End is not TrainingEnd.Completed)
                return End(pass.End);

            var trained = Elapsed;
            // Before averaged weights take the place of those that the gradients belong to.
            var parameters = options.Progress is not null && options.ParametersEvery is { } every && epoch % every == 0 ? ParameterWatch.Of(step.Network) : null;
            _average?.Swap();
            var validated = validation is null ? null : Validate(validation, epoch);
            if (validation is not null && validated is null)
                return End(TrainingEnd.Canceled);
            if (validated is not null && !double.IsFinite(validated[Measure.Loss]))
            {
                pass = pass with { Means = validated };
                return End(TrainingEnd.Diverged);
            }

            var record = new EpochRecord
            {
                Epoch = epoch,
                LearningRate = pass.Rate,
                Training = pass.Means,
                Validation = validated,
                ImagesPerSecond = training.Count / (trained - began).TotalSeconds,
                Duration = Elapsed - began,
            };
            _epochs.Add(record);
            if (validated is null || _best == 0 || !options.RestoreBestWeights || step.IsBetter(validated, _epochs[_best - 1].Validation!))
            {
                _best = epoch;
                snapshot.Take();
            }
            Report(training, epoch, training.BatchesPerEpoch, pass.Means, pass.Rate, record.ImagesPerSecond, record, parameters);

            if (epoch == options.Epochs)
                return End(TrainingEnd.Completed);
            if (epoch - BestValidated() >= options.Patience)
                return End(TrainingEnd.StoppedEarly);

            TrainingOutcome End(TrainingEnd end)
            {
                // Parts of one set know the same rows.
                _skipped = [.. training.Skipped.Concat(validation?.Skipped ?? []).Distinct()];
                var outcome = Outcome(end, pass, snapshot, epoch);
                return outcome with { History = outcome.History with { TrainingImages = training.Count, ValidationImages = validation?.Count ?? 0, Versions = RunVersions.Current } };
            }
        }
    }

    private Pass Train(IBatchSource<TBatch> source, int epoch)
    {
        var began = Elapsed;
        var reported = began;
        // Dropout and its like draw from here, so that an epoch's numbers follow from its seed alone.
        manual_seed((long)options.Seed + epoch);
        step.Network.train();
        if (_average is { IsInPlace: true })
            _average.Swap();
        using var sums = zeros(step.Sums, ScalarType.Float64, device).DetachFromDisposeScope(); // (S,)
        var (steps, rows, rate) = (0, 0L, 0.0);

        foreach (var batch in Batches(source, epoch))
        {
            using (NewDisposeScope())
            {
                var factor = options.Schedule.Factor(epoch - 1 + ((double)steps / source.BatchesPerEpoch), options.Epochs);
                rate = options.LearningRate * factor;
                sums.add_(step.Train(batch, factor));
                _average?.Update();
                rows += step.CountOf(batch);
                steps++;
            }
            if (Elapsed - reported < ReportEvery)
                continue;
            // Reading the sums waits for the device, so it is done here and not every step; a NaN stays in a sum.
            var means = Means(sums, rows);
            reported = Elapsed;
            if (!double.IsFinite(means[Measure.Loss]))
                return new(TrainingEnd.Diverged, steps, means, rate);
            Report(source, epoch, steps, means, rate, rows / (reported - began).TotalSeconds, completed: null);
        }

        var final = Means(sums, Math.Max(rows, 1));
        var end = !double.IsFinite(final[Measure.Loss]) ? TrainingEnd.Diverged
            : options.Cancellation.IsCancellationRequested ? TrainingEnd.Canceled
            : TrainingEnd.Completed;
        return new(end, steps, final, rate);
    }

    /// <returns>The means, or null where it was cancelled.</returns>
    private Dictionary<string, double>? Validate(IBatchSource<TBatch> source, int epoch)
    {
        step.Network.eval();
        using var frozen = no_grad();
        using var sums = zeros(step.Sums, ScalarType.Float64, device).DetachFromDisposeScope(); // (S,)
        var rows = 0L;
        foreach (var batch in Batches(source, epoch))
        {
            using (NewDisposeScope())
            {
                sums.add_(step.Validate(batch));
                rows += step.CountOf(batch);
            }
        }
        return options.Cancellation.IsCancellationRequested ? null : Means(sums, rows);
    }

    // The losses were taken before each step, so a last step that ruined the weights shows in the weights alone.
    private bool AreWeightsFinite()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Tensor[] sums = [.. step.Network.parameters().Select(p => p.sum().to(ScalarType.Float64))];
        return sums.Length == 0 || stack(sums).isfinite().all().item<bool>();
    }

    private Dictionary<string, double> NotANumber => step.Measures.ToDictionary(m => m, _ => double.NaN);

    // Ends quietly on cancellation: the pass sees the token and says so, whatever the source was doing at that moment.
    private IEnumerable<TBatch> Batches(IBatchSource<TBatch> source, int epoch)
    {
        using var batches = source.Epoch(epoch, options.Cancellation).GetEnumerator();
        while (!options.Cancellation.IsCancellationRequested)
        {
            try
            {
                if (!batches.MoveNext())
                    yield break;
            }
            catch (OperationCanceledException) when (options.Cancellation.IsCancellationRequested)
            {
                yield break;
            }
            yield return batches.Current;
        }
    }

    private TrainingOutcome Outcome(TrainingEnd end, Pass pass, WeightSnapshot snapshot, int epoch)
    {
        if (snapshot.IsTaken && (_best != _epochs.Count || end is TrainingEnd.Canceled or TrainingEnd.Diverged))
            snapshot.Restore();
        var history = new TrainingHistory { Epochs = _epochs, BestEpoch = _best, End = end, Device = device.ToString(), Precision = precision, SkippedImages = _skipped.Count, SkippedFiles = [.. _skipped.Take(100)] };
        return new(history, epoch, pass.Steps, pass.Means[Measure.Loss], pass.Rate);
    }

    // With RestoreBestWeights off the kept epoch is the last one, while patience still counts from the best.
    private int BestValidated()
    {
        var best = _epochs[0];
        foreach (var record in _epochs.Skip(1))
            if (record.Validation is { } candidate && step.IsBetter(candidate, best.Validation!))
                best = record;
        return best.Epoch;
    }

    private Dictionary<string, double> Means(Tensor sums, long rows)
    {
        using var scope = NewDisposeScope();
        var values = sums.cpu().data<double>().ToArray();
        return step.Measures.Zip(step.Summarize(values, rows)).ToDictionary(m => m.First, m => m.Second);
    }

    private void Report(IBatchSource<TBatch> source, int epoch, int steps, IReadOnlyDictionary<string, double> means, double rate, double speed, EpochRecord? completed, IReadOnlyList<ParameterHistogram>? parameters = null)
    {
        if (options.Progress is null)
            return;
        var done = epoch - 1 + ((double)steps / source.BatchesPerEpoch);
        options.Progress.Report(new TrainingProgress
        {
            Epoch = epoch,
            Epochs = options.Epochs,
            Step = steps,
            Steps = source.BatchesPerEpoch,
            Training = means,
            LearningRate = rate,
            ImagesPerSecond = speed,
            Elapsed = Elapsed,
            Remaining = Elapsed * ((options.Epochs - done) / done),
            Completed = completed,
            Parameters = parameters,
        });
    }

    private sealed record Pass(TrainingEnd End, int Steps, IReadOnlyDictionary<string, double> Means, double Rate);
}
