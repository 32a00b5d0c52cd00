namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class RuntimeException : Exception
{
    public RuntimeException() { }

    public RuntimeException(string message) : base(message) { }

    public RuntimeException(string message, Exception innerException) : base(message, innerException) { }
}
