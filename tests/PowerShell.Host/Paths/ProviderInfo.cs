namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class ProviderInfo
{
    internal ProviderInfo(string name) => Name = name;

    public string Name { get; }
}
