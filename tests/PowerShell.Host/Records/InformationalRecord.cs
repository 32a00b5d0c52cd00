namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public abstract class InformationalRecord
{
    internal InformationalRecord(string message) => Message = message;

    public string Message { get; set; }
}
