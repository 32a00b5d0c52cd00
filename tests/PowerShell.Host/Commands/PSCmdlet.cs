namespace System.Management.Automation;

/// <summary>As PowerShell's, as far as the module uses it.</summary>
public abstract class PSCmdlet : Cmdlet
{
    public InvocationInfo MyInvocation { get; internal set; }

    public SessionState SessionState { get; internal set; }

    public JobRepository JobRepository { get; internal set; }

    public string ParameterSetName { get; internal set; }

    internal IReadOnlyDictionary<string, object> Variables { get; set; }

    public object GetVariableValue(string name) => Variables.GetValueOrDefault(name);
}
