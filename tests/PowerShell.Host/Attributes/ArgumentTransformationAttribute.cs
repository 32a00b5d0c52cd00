using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public abstract class ArgumentTransformationAttribute : CmdletMetadataAttribute
{
    public abstract object Transform(EngineIntrinsics engineIntrinsics, object inputData);
}
