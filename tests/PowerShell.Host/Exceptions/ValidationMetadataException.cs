namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class ValidationMetadataException : MetadataException
{
    public ValidationMetadataException() { }

    public ValidationMetadataException(string message) : base(message) { }

    public ValidationMetadataException(string message, Exception innerException) : base(message, innerException) { }
}
