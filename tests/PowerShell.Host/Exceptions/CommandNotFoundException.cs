namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class CommandNotFoundException : RuntimeException
{
    public CommandNotFoundException() { }

    public CommandNotFoundException(string message) : base(message) { }

    public CommandNotFoundException(string message, Exception innerException) : base(message, innerException) { }
}
