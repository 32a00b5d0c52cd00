using System.Diagnostics;
using System.Globalization;

namespace Fovea.Benchmarks;

/// <summary>
/// One side of a measurement in a process of its own, which waits until it is told to run, so that two sides alternate: it prints a
/// line when it is ready, and for every line on its standard input one with its answer.
/// </summary>
internal sealed class SideProcess : IDisposable
{
    private readonly Process _process;

    private SideProcess(Process process, string description) => (_process, Description) = (process, description);

    /// <summary>Versions and threads, in its own words.</summary>
    public string Description { get; }

    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Of it.</param>
    /// <param name="preload">A library that it loads before its own.</param>
    /// <returns>Null where there is no such program, or it ended before it was ready.</returns>
    public static SideProcess? TryStart(string program, IEnumerable<string> arguments, string? preload = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        if (preload is not null)
            start.Environment["LD_PRELOAD"] = preload;
        try
        {
            var process = Process.Start(start)!;
            var errors = new List<string>();
            process.ErrorDataReceived += (_, e) => { if (e.Data is { } line) lock (errors) errors.Add(line); };
            process.BeginErrorReadLine();
            if (process.StandardOutput.ReadLine() is { } ready)
                return new(process, ready);
            process.WaitForExit();
            process.Dispose();
            lock (errors)
                if (errors.Count > 0)
                    Console.Error.WriteLine($"{program}: {errors[^1]}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // no such program
        }
        return null;
    }

    /// <summary>Debian's own Python has Debian's PyTorch, which runs on the LibTorch that Fovea uses there; then whatever is on PATH.</summary>
    /// <returns>Null where no Python with torch is to be had; <paramref name="why"/> says so.</returns>
    public static SideProcess? TryStartPython(string script, IEnumerable<string> arguments, out string? why, string? preload = null)
    {
        why = null;
        foreach (var python in new[] { "/usr/bin/python3", "python3" })
            if (TryStart(python, [script, .. arguments], preload) is { } side)
                return side;
        why = "no Python with torch and torchvision was found; on Debian: apt-get install python3-torch python3-torchvision";
        return null;
    }

    /// <returns>Its answer.</returns>
    public string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        return _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The other side ended before its answer: {Description}");
    }

    /// <returns>Seconds that <paramref name="times"/> runs took.</returns>
    public double Run(int times) => double.Parse(Ask(times.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    /// <returns>Managed bytes that a run of it allocates, where it is a <see cref="SideServer"/>.</returns>
    public double AllocatedByRun() => double.Parse(Ask("allocated"), CultureInfo.InvariantCulture);

    /// <summary>Runs while the memory of its process and all below it is looked at ten times a second.</summary>
    /// <returns>The most bytes that were seen.</returns>
    public long PeakWhileRunning(int times)
    {
        var peak = 0L;
        using var ended = new ManualResetEventSlim();
        var watch = new Thread(() =>
        {
            do
                peak = Math.Max(peak, ProcessMemory.OfTree(_process.Id));
            while (!ended.Wait(100));
        });
        watch.Start();
        Run(times);
        ended.Set();
        watch.Join();
        return peak;
    }

    /// <inheritdoc cref="ProcessMemory.SumOfPeaks"/>
    public long SumOfPeaks() => ProcessMemory.SumOfPeaks(_process.Id);

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
