using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public sealed class AllowNullAttribute : CmdletMetadataAttribute;
