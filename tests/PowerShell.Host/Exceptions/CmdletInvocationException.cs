namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class CmdletInvocationException : RuntimeException
{
    public CmdletInvocationException() { }

    public CmdletInvocationException(string message) : base(message) { }

    public CmdletInvocationException(string message, Exception innerException) : base(message, innerException) { }
}
