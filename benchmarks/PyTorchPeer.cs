using System.Diagnostics;
using System.Globalization;

namespace Fovea.Benchmarks;

/// <summary>The PyTorch side of a measurement: a process that waits until it is told to run, so that the two sides alternate.</summary>
internal sealed class PyTorchPeer : IDisposable
{
    private readonly Process _process;

    private PyTorchPeer(Process process, string description) => (_process, Description) = (process, description);

    /// <summary>Version and threads, in its own words.</summary>
    public string Description { get; }

    /// <returns>Null where no Python with torch is to be had; <paramref name="why"/> says so.</returns>
    public static PyTorchPeer? Start(string script, Workload work, out string? why)
    {
        // Debian's own Python has Debian's PyTorch, which runs on the LibTorch that Fovea uses there; then whatever is on PATH.
        foreach (var python in new[] { "/usr/bin/python3", "python3" })
        {
            var start = new ProcessStartInfo(python, [script, work.Network.ToString(), .. new[] { work.Batch, work.Channels, work.Size, work.Classes }.Select(n => n.ToString(CultureInfo.InvariantCulture))])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["OMP_NUM_THREADS"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
            try
            {
                var process = Process.Start(start)!;
                process.ErrorDataReceived += (_, _) => { };
                process.BeginErrorReadLine();
                if (process.StandardOutput.ReadLine() is { } ready)
                {
                    why = null;
                    return new(process, ready);
                }
                process.WaitForExit();
                process.Dispose();
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // no such program
            }
        }
        why = "no Python with torch and torchvision was found; on Debian: apt-get install python3-torch python3-torchvision";
        return null;
    }

    /// <returns>Seconds that the steps took.</returns>
    public double Run(int steps)
    {
        _process.StandardInput.WriteLine(steps);
        var answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("PyTorch's side ended before its answer.");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
