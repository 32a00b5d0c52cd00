namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CmdletAttribute(string verbName, string nounName) : CmdletCommonMetadataAttribute
{
    public string NounName { get; } = nounName;

    public string VerbName { get; } = verbName;
}
