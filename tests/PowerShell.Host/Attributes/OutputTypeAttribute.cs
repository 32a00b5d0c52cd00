using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class OutputTypeAttribute(params Type[] type) : CmdletMetadataAttribute
{
    public PSTypeName[] Type { get; } = [.. type.Select(t => new PSTypeName(t))];
}
