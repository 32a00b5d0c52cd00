namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class ErrorCategoryInfo
{
    internal ErrorCategoryInfo(ErrorCategory category) => Category = category;

    public ErrorCategory Category { get; }
}
