using System.Collections.Concurrent;
using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Streams for a worker thread: what it says waits until the pipeline thread, which alone may write, takes it out.</summary>
internal sealed class QueuedStreams : IStreams
{
    private readonly BlockingCollection<Action<IStreams>> _said = [];

    public void Output(object value) => _said.Add(to => to.Output(value));

    public void Error(ErrorRecord error) => _said.Add(to => to.Error(error));

    public void Warning(string text) => _said.Add(to => to.Warning(text));

    public void Verbose(string text) => _said.Add(to => to.Verbose(text));

    public void Progress(ProgressRecord record) => _said.Add(to => to.Progress(record));

    /// <summary>The worker says nothing more.</summary>
    public void Close() => _said.CompleteAdding();

    /// <summary>Hands on what is said until <see cref="Close"/>.</summary>
    public void DrainTo(IStreams streams)
    {
        foreach (var say in _said.GetConsumingEnumerable())
            say(streams);
    }
}
