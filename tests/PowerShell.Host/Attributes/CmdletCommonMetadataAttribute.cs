using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public abstract class CmdletCommonMetadataAttribute : CmdletMetadataAttribute
{
    public string DefaultParameterSetName { get; set; }

    public bool SupportsShouldProcess { get; set; }
}
