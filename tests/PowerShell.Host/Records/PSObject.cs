namespace System.Management.Automation;

/// <summary>As PowerShell's, as far as the module uses it.</summary>
public class PSObject
{
    private PSObject(object value) => BaseObject = value;

    public object BaseObject { get; }

    public static PSObject AsPSObject(object obj) => obj as PSObject ?? new(obj);
}
