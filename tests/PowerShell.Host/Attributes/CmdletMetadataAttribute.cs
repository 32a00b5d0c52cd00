namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public abstract class CmdletMetadataAttribute : Attribute;
