namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class PSTypeName(Type type)
{
    public string Name => Type.FullName;

    public Type Type { get; } = type;
}
