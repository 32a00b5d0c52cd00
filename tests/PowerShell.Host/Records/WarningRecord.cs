namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class WarningRecord : InformationalRecord
{
    public WarningRecord(string message) : base(message) { }
}
