namespace System.Management.Automation;

/// <summary>As PowerShell's, as far as the module uses it.</summary>
public class InvocationInfo
{
    internal InvocationInfo(string line) => Line = line;

    public Dictionary<string, object> BoundParameters { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string Line { get; }
}
