namespace System.Management.Automation.Language;

/// <summary>As PowerShell's; empty.</summary>
public class CommandAst
{
    internal CommandAst() { }
}
