namespace Fovea.Reporting;

/// <summary>Which reports within an epoch are written.</summary>
/// <param name="every">The time between two of them; null for none.</param>
internal sealed class StepThrottle(TimeSpan? every)
{
    private TimeSpan? _last;

    /// <summary>Whether this report, which completes no epoch, is due. The run's own clock decides, which begins anew with the next run.</summary>
    public bool IsDue(TrainingProgress progress)
    {
        if (every is not { } interval || (_last is { } last && progress.Elapsed >= last && progress.Elapsed - last < interval))
            return false;
        _last = progress.Elapsed;
        return true;
    }

    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static StepThrottle Of(TimeSpan? every)
    {
        if (every is { } interval)
            ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero, nameof(every));
        return new(every);
    }
}
