namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public enum ProgressRecordType
{
    Processing,
    Completed,
}
