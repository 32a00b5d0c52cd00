namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class ErrorRecord
{
    public ErrorRecord(Exception exception, string errorId, ErrorCategory errorCategory, object targetObject)
    {
        (Exception, FullyQualifiedErrorId, TargetObject) = (exception, errorId, targetObject);
        CategoryInfo = new(errorCategory);
    }

    public ErrorCategoryInfo CategoryInfo { get; }

    public Exception Exception { get; }

    public string FullyQualifiedErrorId { get; }

    public object TargetObject { get; }

    public override string ToString() => Exception.Message;
}
