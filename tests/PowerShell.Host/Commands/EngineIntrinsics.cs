namespace System.Management.Automation;

/// <summary>As PowerShell's; empty.</summary>
public class EngineIntrinsics
{
    internal EngineIntrinsics() { }
}
