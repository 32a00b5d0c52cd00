using System.Diagnostics;
using System.Management.Automation;

namespace Fovea.PowerShell.Host;

/// <summary>Commands that run together.</summary>
internal sealed class Pipeline : IDisposable
{
    private readonly List<Stage> _stages = [];
    private readonly IEnumerable<object> _input;
    private readonly bool _hasInput;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public Pipeline(Session session, IReadOnlyList<Call> calls, IEnumerable<object> input)
    {
        (Session, _input) = (session, input);
        _hasInput = input is not object[] { Length: 0 };
        for (var i = calls.Count - 1; i >= 0; i--)
            _stages.Insert(0, new Stage(this, calls[i], _stages.FirstOrDefault(), expectsInput: i > 0 || _hasInput));
    }

    public Session Session { get; }

    public PipelineResult Result { get; } = new();

    public bool IsStopping { get; private set; }

    public TimeSpan Elapsed => _clock.Elapsed;

    public PipelineResult Run()
    {
        try
        {
            foreach (var stage in _stages)
                stage.Begin();
            if (_hasInput)
                foreach (var one in _input)
                    _stages[0].Receive(one);
            else
                _stages[0].RunOnce();
            foreach (var stage in _stages)
                stage.End();
        }
        catch (Exception e)
        {
            Result.Terminated = e;
        }
        return Result;
    }

    public void Stop()
    {
        IsStopping = true;
        foreach (var stage in _stages)
            stage.Command.Stop();
    }

    /// <summary>Writing is for the pipeline's thread, and for nobody once it is stopped.</summary>
    public void CheckWriting()
    {
        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException("A cmdlet wrote from another thread than the pipeline's.");
        if (IsStopping)
            throw new PipelineStoppedException("The pipeline has been stopped.");
    }

    public void Dispose()
    {
        foreach (var stage in _stages)
            (stage.Command as IDisposable)?.Dispose();
    }
}
