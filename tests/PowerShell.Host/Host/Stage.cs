using System.Management.Automation;

namespace Fovea.PowerShell.Host;

/// <summary>One command of a running pipeline, and its runtime.</summary>
internal sealed class Stage : ICommandRuntime
{
    private readonly Pipeline _pipeline;
    private readonly Stage _next;
    private readonly Binder _binder;
    private readonly bool _isWhatIf;
    private readonly List<object> _outVariable;

    public Stage(Pipeline pipeline, Call call, Stage next, bool expectsInput)
    {
        (_pipeline, _next) = (pipeline, next);
        if (!pipeline.Session.Cmdlets.TryGetValue(call.Name, out var type))
            throw new CommandNotFoundException($"The term '{call.Name}' is not recognized as a name of a cmdlet.");
        Command = (PSCmdlet)Activator.CreateInstance(type);
        Command.CommandRuntime = this;
        Command.SessionState = pipeline.Session.State;
        Command.JobRepository = pipeline.Session.Jobs;
        Command.Variables = pipeline.Session.Variables;
        Command.MyInvocation = new(call.Name);
        _binder = new Binder(Command, expectsInput);
        foreach (var (name, value) in call.Arguments)
            if (name is "WhatIf")
                Command.MyInvocation.BoundParameters[name] = value;
            else if (name is "OutVariable")
                pipeline.Session.Variables[(string)value] = _outVariable = [];
            else
                _binder.Give(name, value);
        _isWhatIf = Command.MyInvocation.BoundParameters.ContainsKey("WhatIf") || pipeline.Session.Variables.GetValueOrDefault("WhatIfPreference") is true;
    }

    public PSCmdlet Command { get; }

    public void Begin()
    {
        _binder.BindArguments();
        Command.Begin();
    }

    public void RunOnce()
    {
        _binder.RequireMandatory();
        Command.Process();
    }

    public void Receive(object value)
    {
        if (!_binder.BindInput(value))
        {
            WriteError(new ErrorRecord(new ParameterBindingException($"The input object cannot be bound to any parameters for the command: {value}"), "InputObjectNotBound", ErrorCategory.InvalidArgument, value));
            return;
        }
        Command.Process();
    }

    public void End() => Command.End();

    public void WriteObject(object sendToPipeline)
    {
        _pipeline.CheckWriting();
        _outVariable?.Add(sendToPipeline);
        if (_next is null)
            _pipeline.Result.Add(_pipeline.Result.Output, sendToPipeline);
        else
            _next.Receive(sendToPipeline);
    }

    public void WriteObject(object sendToPipeline, bool enumerateCollection)
    {
        if (enumerateCollection && sendToPipeline is System.Collections.IEnumerable many and not string)
            foreach (var one in many)
                WriteObject(one);
        else
            WriteObject(sendToPipeline);
    }

    public void WriteError(ErrorRecord errorRecord) => Write(_pipeline.Result.Errors, errorRecord);

    public void WriteVerbose(string text) => Write(_pipeline.Result.Verbose, text);

    public void WriteWarning(string text) => Write(_pipeline.Result.Warnings, text);

    public void WriteProgress(ProgressRecord progressRecord) => Write(_pipeline.Result.Progress, (_pipeline.Elapsed, progressRecord));

    public void ThrowTerminatingError(ErrorRecord errorRecord) => throw new CmdletInvocationException(errorRecord.Exception.Message, errorRecord.Exception);

    public bool ShouldProcess(string target) => ShouldProcess($"Performing the operation \"{Command.GetType().Name}\" on target \"{target}\".", "", "");

    public bool ShouldProcess(string target, string action) => ShouldProcess($"Performing the operation \"{action}\" on target \"{target}\".", "", "");

    public bool ShouldProcess(string verboseDescription, string verboseWarning, string caption)
    {
        _pipeline.CheckWriting();
        if (_isWhatIf)
            _pipeline.Result.Add(_pipeline.Result.WhatIf, verboseDescription);
        return !_isWhatIf;
    }

    private void Write<T>(List<T> stream, T item)
    {
        _pipeline.CheckWriting();
        _pipeline.Result.Add(stream, item);
    }
}
