using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace Fovea.PowerShell;

/// <summary>Runs long work on a thread of its own while the pipeline thread writes what it says and remains open to Ctrl+C.</summary>
internal static class Worker
{
    /// <param name="name">Of the thread, for debuggers.</param>
    /// <param name="work">Ends soon after its token is cancelled.</param>
    /// <param name="streams">Of the cmdlet.</param>
    /// <param name="stop">Cancelled by the cmdlet's StopProcessing.</param>
    /// <returns>What the work returned.</returns>
    /// <exception cref="PipelineStoppedException">Writing to a pipeline that was stopped; the work has ended by then.</exception>
    public static T Run<T>(string name, Func<IStreams, CancellationToken, T> work, IStreams streams, CancellationToken stop)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var said = new QueuedStreams();
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work(said, cancel.Token);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                said.Close();
            }
        })
        { IsBackground = true, Name = name };
        thread.Start();
        try
        {
            said.DrainTo(streams);
        }
        finally
        {
            // Writing throws once the pipeline is stopped, and the work must not outlive its cmdlet.
            cancel.Cancel();
            thread.Join();
        }
        failure?.Throw();
        return result;
    }
}
