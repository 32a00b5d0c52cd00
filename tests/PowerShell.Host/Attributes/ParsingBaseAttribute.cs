namespace System.Management.Automation.Internal;

/// <summary>As PowerShell's.</summary>
public abstract class ParsingBaseAttribute : CmdletMetadataAttribute
{
    internal ParsingBaseAttribute() { }
}
