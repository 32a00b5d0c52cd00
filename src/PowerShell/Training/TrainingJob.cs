using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>A training in the background.</summary>
internal sealed class TrainingJob : Job
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly Func<IStreams, CancellationToken, object?> _work;

    /// <param name="command">The line that started it.</param>
    /// <param name="name">What is trained.</param>
    /// <param name="work">The training; its result is the job's.</param>
    public TrainingJob(string command, string name, Func<IStreams, CancellationToken, object?> work)
        : base(command, $"Fovea {name}")
    {
        _work = work;
        PSJobTypeName = "FoveaTraining";
    }

    public override string StatusMessage => JobStateInfo.State.ToString();

    public override bool HasMoreData => Output.Count > 0 || Error.Count > 0 || Warning.Count > 0 || Verbose.Count > 0;

    public override string Location => Environment.MachineName;

    public void Start()
    {
        SetJobState(JobState.Running);
        new Thread(Run) { IsBackground = true, Name = Name }.Start();
    }

    /// <summary>Ends the training within a step and waits for that.</summary>
    public override void StopJob()
    {
        if (IsOver(JobStateInfo.State))
            return;
        SetJobState(JobState.Stopping);
        _cancel.Cancel();
        Finished.WaitOne();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            StopJob();
        base.Dispose(disposing);
    }

    private static bool IsOver(JobState state) => state is JobState.Completed or JobState.Failed or JobState.Stopped;

    private void Run()
    {
        var state = JobState.Completed;
        try
        {
            if (_work(new Streams(this), _cancel.Token) is { } result)
                Output.Add(PSObject.AsPSObject(result));
        }
        catch (Exception e)
        {
            Error.Add(ErrorRecords.Of(e, null));
            state = JobState.Failed;
        }
        if (_cancel.IsCancellationRequested)
            state = JobState.Stopped;
        // Receive-Job -Wait reads until the streams are closed.
        Output.Complete();
        Error.Complete();
        Progress.Complete();
        Verbose.Complete();
        Warning.Complete();
        SetJobState(state);
    }

    private sealed class Streams(TrainingJob job) : IStreams
    {
        public void Output(object value) => job.Output.Add(PSObject.AsPSObject(value));

        public void Error(ErrorRecord error) => job.Error.Add(error);

        public void Warning(string text) => job.Warning.Add(new WarningRecord(text));

        public void Verbose(string text) => job.Verbose.Add(new VerboseRecord(text));

        public void Progress(ProgressRecord record) => job.Progress.Add(record);
    }
}
