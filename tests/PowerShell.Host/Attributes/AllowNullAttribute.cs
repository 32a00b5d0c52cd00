namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public sealed class AllowNullAttribute : CmdletMetadataAttribute;
