using System.Collections.ObjectModel;
using System.Management.Automation;
using Microsoft.ML;

namespace Fovea.PowerShell;

/// <summary>What every cmdlet of the module has: errors as records, paths of the session, Ctrl+C as a cancellation.</summary>
public abstract class FoveaCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private MLContext? _ml;

    private protected FoveaCommand() { }

    private protected MLContext ML => _ml ??= new MLContext();

    /// <summary>Cancelled by Ctrl+C.</summary>
    private protected CancellationToken Stop => _stop.Token;

    /// <summary>What an error is about where nothing more is known: the object that came down the pipeline.</summary>
    private protected virtual object? Target => null;

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process, () => Target);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(Finish, () => Target);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Frees what the cmdlet holds; PowerShell calls it.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>For each object of the pipeline.</summary>
    private protected virtual void Process() { }

    /// <summary>After the last one.</summary>
    private protected virtual void Finish() { }

    /// <summary>Turns an exception into an error record and goes on with the next object.</summary>
    private protected void Guard(Action work, Func<object?> target)
    {
        try
        {
            work();
        }
        // PowerShell's own exceptions end a pipeline, and what was stopped needs no words.
        catch (Exception e) when (e is not (PipelineStoppedException or ActionPreferenceStopException or OutOfMemoryException))
        {
            if (e is OperationCanceledException && Stop.IsCancellationRequested)
                return;
            WriteError(ErrorRecords.Of(e, target()));
        }
    }

    /// <summary>The files and folders that paths of the session name.</summary>
    /// <param name="paths">Relative to the session's location or absolute, on any drive of the file system.</param>
    /// <param name="literal">They are taken as they stand; else wildcards are resolved.</param>
    private protected IEnumerable<string> Resolve(string[] paths, bool literal)
    {
        foreach (var path in paths)
        {
            if (literal)
            {
                yield return NewPath(path);
                continue;
            }
            Collection<string> found;
            ProviderInfo provider;
            try
            {
                found = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider);
            }
            catch (ItemNotFoundException e)
            {
                WriteError(ErrorRecords.Of(e, path));
                continue;
            }
            RequireFiles(provider, path);
            if (found.Count == 0)
                WriteError(ErrorRecords.Of(new ItemNotFoundException($"No file or folder matches '{path}'."), path));
            foreach (var one in found)
                yield return one;
        }
    }

    /// <summary>The path of a file, there or not, wildcards not resolved.</summary>
    private protected string NewPath(string path)
    {
        var full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        RequireFiles(provider, path);
        return full;
    }

    /// <summary>The path of a file to write.</summary>
    /// <exception cref="FileExistsException">It is there, and nobody said force.</exception>
    private protected string WritablePath(string path, bool force)
    {
        var full = NewPath(path);
        return !force && File.Exists(full) ? throw new FileExistsException(full) : full;
    }

    private static void RequireFiles(ProviderInfo provider, string path)
    {
        if (provider.Name != "FileSystem")
            throw new ArgumentException($"'{path}' is in {provider.Name}; it must be in the file system.");
    }
}
