using System.Management.Automation;

namespace Fovea.PowerShell.Host;

/// <summary>What a pipeline put out, by streams.</summary>
public sealed class PipelineResult
{
    private readonly Lock _lock = new();

    /// <summary>Objects of the last command.</summary>
    public List<object> Output { get; } = [];

    public List<ErrorRecord> Errors { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<string> Verbose { get; } = [];

    /// <summary>What -WhatIf said.</summary>
    public List<string> WhatIf { get; } = [];

    /// <summary>With the time of each.</summary>
    public List<(TimeSpan At, ProgressRecord Record)> Progress { get; } = [];

    /// <summary>The error that ended the pipeline; null where none did.</summary>
    public Exception Terminated { get; internal set; }

    internal IReadOnlyList<object> Snapshot()
    {
        lock (_lock)
            return [.. Output];
    }

    internal void Add<T>(List<T> stream, T item)
    {
        lock (_lock)
            stream.Add(item);
    }
}
