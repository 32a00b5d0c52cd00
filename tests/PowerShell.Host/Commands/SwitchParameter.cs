namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public struct SwitchParameter(bool isPresent)
{
    public bool IsPresent { get; } = isPresent;

    public static implicit operator bool(SwitchParameter switchParameter) => switchParameter.IsPresent;

    public static implicit operator SwitchParameter(bool value) => new(value);

    public override string ToString() => IsPresent.ToString();
}
