namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class PSDriveInfo
{
    internal PSDriveInfo(string name, string root) => (Name, Root) = (name, root);

    public string Name { get; }

    public string Root { get; }
}
