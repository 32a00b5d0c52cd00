using System.Management.Automation;
using System.Reflection;

namespace Fovea.PowerShell.Host;

/// <summary>A session: the cmdlets of an assembly, a location, variables and jobs.</summary>
/// <param name="module">The assembly that has the cmdlets.</param>
/// <param name="location">The folder that relative paths begin at.</param>
public sealed class Session(Assembly module, string location)
{
    private readonly Dictionary<string, Type> _cmdlets = module.GetExportedTypes()
        .Where(t => t.IsDefined(typeof(CmdletAttribute)))
        .ToDictionary(t => t.GetCustomAttribute<CmdletAttribute>() is { } a ? $"{a.VerbName}-{a.NounName}" : "", StringComparer.OrdinalIgnoreCase);

    private Pipeline _running;

    public IReadOnlyDictionary<string, Type> Cmdlets => _cmdlets;

    public Dictionary<string, object> Variables { get; } = new(StringComparer.OrdinalIgnoreCase);

    public JobRepository Jobs { get; } = new();

    public SessionState State { get; } = new(location);

    /// <summary>A drive whose root is a folder.</summary>
    public void AddDrive(string name, string root) => State.Path.AddDrive(name, root);

    /// <summary>Runs commands as a pipeline: all begin, objects stream from each to the next, and they end in order.</summary>
    public PipelineResult Run(params Call[] calls)
    {
        using var pipeline = new Pipeline(this, calls, []);
        _running = pipeline;
        return pipeline.Run();
    }

    /// <summary>Sends objects into a command.</summary>
    public PipelineResult Send(IEnumerable<object> input, params Call[] calls)
    {
        using var pipeline = new Pipeline(this, calls, input);
        _running = pipeline;
        return pipeline.Run();
    }

    /// <summary>What the running pipeline has put out so far, from another thread.</summary>
    public IReadOnlyList<object> Output => _running?.Result.Snapshot() ?? [];

    /// <summary>Ctrl+C, from another thread.</summary>
    public void Stop() => _running.Stop();
}
