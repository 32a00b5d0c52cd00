namespace Microsoft.ML.Runtime;

/// <summary>Anything with a name in the log: the environment, its hosts, their channels.</summary>
internal abstract class MessageSource(string shortName, string parentFullName) : IExceptionContext
{
    public string ShortName { get; } = shortName;

    public string ParentFullName { get; } = parentFullName;

    public string FullName { get; } = string.IsNullOrEmpty(parentFullName) ? shortName : $"{parentFullName}; {shortName}";

    public virtual string ContextDescription => FullName;

    public virtual TException Process<TException>(TException ex) where TException : Exception => Mark(ex, ShortName, ParentFullName, phase: null);

    protected static TException Mark<TException>(TException ex, string component, string parent, string phase) where TException : Exception
    {
        if (ex is null)
            return null;
        ex.Data["Throwing component"] = component;
        if (parent is not null)
            ex.Data["Parent component"] = parent;
        if (phase is not null)
            ex.Data["Phase"] = phase;
        return ex;
    }
}
