namespace System.Management.Automation;

/// <summary>As PowerShell's, as far as the module uses it.</summary>
public abstract class Job : IDisposable
{
    private static int count;
    private readonly ManualResetEvent _finished = new(false);

    protected Job(string command, string name) => (Command, Name, Id) = (command, name, Interlocked.Increment(ref count));

    public string Command { get; }

    public string Name { get; set; }

    public int Id { get; }

    public Guid InstanceId { get; } = Guid.NewGuid();

    public WaitHandle Finished => _finished;

    public JobStateInfo JobStateInfo { get; private set; } = new(JobState.NotStarted);

    public PSDataCollection<PSObject> Output { get; set; } = [];

    public PSDataCollection<ErrorRecord> Error { get; set; } = [];

    public PSDataCollection<ProgressRecord> Progress { get; set; } = [];

    public PSDataCollection<VerboseRecord> Verbose { get; set; } = [];

    public PSDataCollection<WarningRecord> Warning { get; set; } = [];

    public string PSJobTypeName { get; protected set; }

    public abstract string StatusMessage { get; }

    public abstract bool HasMoreData { get; }

    public abstract string Location { get; }

    public abstract void StopJob();

    public void Dispose() => Dispose(true);

    protected virtual void Dispose(bool disposing) { }

    protected void SetJobState(JobState jobState)
    {
        JobStateInfo = new(jobState);
        if (jobState is JobState.Completed or JobState.Failed or JobState.Stopped)
            _finished.Set();
    }
}
