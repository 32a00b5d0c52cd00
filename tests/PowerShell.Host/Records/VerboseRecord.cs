namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class VerboseRecord : InformationalRecord
{
    public VerboseRecord(string message) : base(message) { }
}
