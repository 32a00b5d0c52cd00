namespace Fovea.PowerShell;

/// <summary>Lets something through at most ten times a second: a terminal shows no more, and drawing costs the pipeline thread time.</summary>
internal sealed class ProgressThrottle(TimeProvider? time = null)
{
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long? _last;

    public bool IsDue()
    {
        var now = _time.GetTimestamp();
        if (_last is { } last && _time.GetElapsedTime(last, now) < Least)
            return false;
        _last = now;
        return true;
    }
}
