namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public sealed class ValidateNotNullOrEmptyAttribute : NullValidationAttributeBase
{
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is null or "" or System.Collections.ICollection { Count: 0 })
            throw new ValidationMetadataException("The argument is null or empty.");
    }
}
