namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class DriveNotFoundException : SessionStateException
{
    public DriveNotFoundException() { }

    public DriveNotFoundException(string message) : base(message) { }

    public DriveNotFoundException(string message, Exception innerException) : base(message, innerException) { }
}
