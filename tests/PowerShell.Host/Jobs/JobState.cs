namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public enum JobState
{
    NotStarted,
    Running,
    Completed,
    Failed,
    Stopped,
    Blocked,
    Suspended,
    Disconnected,
    Suspending,
    Stopping,
    AtBreakpoint,
}
