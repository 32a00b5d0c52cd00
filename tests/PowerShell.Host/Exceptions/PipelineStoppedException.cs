namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class PipelineStoppedException : RuntimeException
{
    public PipelineStoppedException() { }

    public PipelineStoppedException(string message) : base(message) { }

    public PipelineStoppedException(string message, Exception innerException) : base(message, innerException) { }
}
