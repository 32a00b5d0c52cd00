namespace System.Management.Automation.Internal;

/// <summary>As PowerShell's.</summary>
public abstract class CmdletMetadataAttribute : Attribute
{
    internal CmdletMetadataAttribute() { }
}
