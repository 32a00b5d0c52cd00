namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public abstract class ParsingBaseAttribute : CmdletMetadataAttribute;
