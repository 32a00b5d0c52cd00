using System.Runtime.ExceptionServices;

namespace Fovea;

/// <summary>Tells several about a training run, in their order, and disposes those that can be disposed.</summary>
public sealed class CombinedProgress : IProgress<TrainingProgress>, IDisposable
{
    private readonly IProgress<TrainingProgress>[] _sinks;

    /// <summary>Takes the sinks over.</summary>
    /// <param name="sinks">Who is told; nobody twice.</param>
    /// <exception cref="ArgumentException">One is null, or there twice.</exception>
    public CombinedProgress(params IReadOnlyList<IProgress<TrainingProgress>> sinks)
    {
        ArgumentNullException.ThrowIfNull(sinks);
        if (sinks.Index().FirstOrDefault(s => s.Item is null, (-1, null!)) is { Index: >= 0 } missing)
            throw new ArgumentException($"Sink {missing.Index} is null; leave it out.", nameof(sinks));
        if (sinks.Distinct(ReferenceEqualityComparer.Instance).Count() < sinks.Count)
            throw new ArgumentException("A sink is there twice and would be told everything twice; give each once.", nameof(sinks));
        _sinks = [.. sinks];
    }

    /// <summary>Tells all; what one of them throws is thrown after the others were told (of several an <see cref="AggregateException"/>).</summary>
    /// <param name="value">Where the run stands.</param>
    public void Report(TrainingProgress value) => ForEach(sink => sink.Report(value));

    /// <summary>Disposes the sinks that are <see cref="IDisposable"/>.</summary>
    public void Dispose() => ForEach(sink => (sink as IDisposable)?.Dispose());

    private void ForEach(Action<IProgress<TrainingProgress>> action)
    {
        List<Exception> failures = [];
        foreach (var sink in _sinks)
        {
            try
            {
                action(sink);
            }
            catch (Exception e)
            {
                failures.Add(e);
            }
        }
        if (failures.Count == 1)
            ExceptionDispatchInfo.Throw(failures[0]);
        if (failures.Count > 1)
            throw new AggregateException(failures);
    }
}
