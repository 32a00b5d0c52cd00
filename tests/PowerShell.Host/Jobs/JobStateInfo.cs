namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public sealed class JobStateInfo(JobState state)
{
    public JobState State { get; } = state;

    public override string ToString() => State.ToString();
}
