namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class ActionPreferenceStopException : RuntimeException
{
    public ActionPreferenceStopException() { }

    public ActionPreferenceStopException(string message) : base(message) { }

    public ActionPreferenceStopException(string message, Exception innerException) : base(message, innerException) { }
}
