namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class ParameterBindingException : RuntimeException
{
    public ParameterBindingException() { }

    public ParameterBindingException(string message) : base(message) { }

    public ParameterBindingException(string message, Exception innerException) : base(message, innerException) { }
}
