using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public abstract class ValidateArgumentsAttribute : CmdletMetadataAttribute
{
    internal void Check(object arguments) => Validate(arguments, null);

    protected abstract void Validate(object arguments, EngineIntrinsics engineIntrinsics);
}
