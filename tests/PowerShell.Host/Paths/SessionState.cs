namespace System.Management.Automation;

/// <summary>As PowerShell's, as far as the module uses it.</summary>
public sealed class SessionState
{
    internal SessionState(string location) => Path = new(location);

    public PathIntrinsics Path { get; }
}
