namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public abstract class NullValidationAttributeBase : ValidateArgumentsAttribute;
