using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = true)]
public sealed class ParameterAttribute : ParsingBaseAttribute
{
    public const string AllParameterSets = "__AllParameterSets";

    public bool Mandatory { get; set; }

    public string ParameterSetName { get; set; } = AllParameterSets;

    public int Position { get; set; } = int.MinValue;

    public bool ValueFromPipeline { get; set; }

    public bool ValueFromPipelineByPropertyName { get; set; }
}
