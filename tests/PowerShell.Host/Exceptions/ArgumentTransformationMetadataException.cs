namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class ArgumentTransformationMetadataException : MetadataException
{
    public ArgumentTransformationMetadataException() { }

    public ArgumentTransformationMetadataException(string message) : base(message) { }

    public ArgumentTransformationMetadataException(string message, Exception innerException) : base(message, innerException) { }
}
