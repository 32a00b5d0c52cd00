using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public sealed class AliasAttribute(params string[] aliasNames) : ParsingBaseAttribute
{
    public IList<string> AliasNames { get; } = aliasNames;
}
