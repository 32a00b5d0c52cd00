namespace Microsoft.ML.Runtime;

/// <summary>A pipe that hands what is sent to one listener, if there is one.</summary>
internal class Pipe<TMessage>(MessageSource parent, string name, Action<MessageSource, TMessage> listener)
    : MessageSource(name, parent.FullName), IPipe<TMessage>
{
    public void Send(TMessage msg) => listener?.Invoke(this, msg);

    public override TException Process<TException>(TException ex) => Mark(ex, parent.ShortName, parent.ParentFullName, ShortName);

    public virtual void Dispose() { }
}
