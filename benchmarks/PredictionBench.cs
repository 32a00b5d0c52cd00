using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Fovea.Benchmarks;

/// <summary>Prediction of a ResNet-18 with the same weights on both sides: many images together, one at a time, and the first after the start of a process.</summary>
internal static class PredictionBench
{
    private const int Rounds = 7, Together = 32;

    /// <summary>Rounds of starts, which differ by half from one to the next.</summary>
    private const int Starts = 20;

    /// <param name="root">The repository.</param>
    /// <returns>What goes into the file of figures; null where nothing could be measured.</returns>
    public static object? Run(string root)
    {
        var folder = Directory.CreateTempSubdirectory("fovea-bench-");
        try
        {
            PredictionSide.WriteFiles(folder.FullName, Together);
            var results = new List<object>();
            var script = Path.Combine(root, "benchmarks", "peers", "predict.py");
            return Steady(script, folder.FullName, results) is { } peer && First(script, folder.FullName, results) ? new { peer, results } : null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Steady(string script, string folder, List<object> results)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle($"ResNet-18, 3x{PredictionSide.Size}x{PredictionSide.Size}: images a second in prediction") };
        table.AddColumns("", "Fovea", "PyTorch", "ratio", "MB", "probabilities off by", "PyTorch's by");
        string? peerName = null;
        foreach (var batch in new[] { Together, 1 })
        {
            // PyTorch's in float32: the first pair has it.
            double[][]? exact = null;
            foreach (var pair in StepPair.Predictions)
            {
                if (pair.Preload is { } library && !File.Exists(library))
                {
                    Console.WriteLine($"{batch} together, {pair.Peer}: skipped, there is no {library}");
                    continue;
                }
                using var peer = SideProcess.TryStartPython(script, [folder, $"{batch}", pair.PyTorch], out var why, pair.Preload);
                using var ours = SideProcess.TryStart("dotnet", [typeof(PredictionBench).Assembly.Location, "--side", "prediction", folder, $"{batch}", pair.Fovea.ToString()]);
                if (peer is null || ours is null)
                {
                    Console.Error.WriteLine(why ?? "Fovea's side did not start");
                    return null;
                }
                peerName = peer.Description.Split(',')[0];
                var (a, b, ratio) = Comparison.Alternate(ours, peer, Rounds, Together / batch, perRun: batch, warmUp: 3);
                var (answer, peerAnswer) = (Answer(ours), Answer(peer));
                exact ??= peerAnswer;
                var (difference, peerDifference) = (Difference(answer, exact), Difference(peerAnswer, exact));
                var (ownPeak, peerPeak) = (ours.SumOfPeaks(), peer.SumOfPeaks());
                var precision = ours.Description.Split(", ")[1].ToLowerInvariant();
                var sides = $"{(pair.Fovea == Precision.Auto ? $"default ({precision})" : precision)}, {pair.Peer}";
                table.AddRow($"{batch} together, {sides}", a.Text("0.0"), b.Text("0.0"), ratio.Text("0.00"), $"{ownPeak / 1e6:0} / {peerPeak / 1e6:0}", Small(difference), Small(peerDifference));
                results.Add(new { work = $"ResNet-18, {batch} images of 3x{PredictionSide.Size}x{PredictionSide.Size}, {sides}", unit = "images/s", rounds = Rounds, fovea = a, pytorch = b, ratio, peakBytes = new { fovea = ownPeak, pytorch = peerPeak }, difference, peerDifference, peer = peer.Description });
            }
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"{Rounds} alternating rounds, medians (lowest–highest); the ratio is that of neighboring rounds. Probabilities are compared with PyTorch's in float32. Peer: {peerName}.");
        return peerName;
    }

    private static bool First(string script, string folder, List<object> results)
    {
        var (mine, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Starts; round++)
        {
            // Who comes first changes: the memory that a process leaves behind is dearer to the next one than memory that was free before.
            double? ours, peer;
            if (round % 2 == 0)
                (ours, peer) = (Ours(), Peer());
            else
                (peer, ours) = (Peer(), Ours());
            if (ours is null || peer is null)
                return false;
            if (round == 0)
                continue; // files come from the disk
            mine.Add(ours.Value);
            theirs.Add(peer.Value);
        }
        var (a, b, ratio) = (Measurement.Of(mine), Measurement.Of(theirs), Measurement.Of(theirs.Zip(mine, (t, m) => t / m)));
        Console.WriteLine($"first prediction after the start of the process, seconds: Fovea {a.Text("0.00")}, PyTorch {b.Text("0.00")}, ratio {ratio.Text("0.00")}");
        results.Add(new { work = "ResNet-18, first prediction after the start of the process", unit = "s", rounds = Starts, fovea = a, pytorch = b, ratio });
        return true;

        double? Ours() => Seconds("dotnet", typeof(PredictionBench).Assembly.Location, "--side", "first", folder);
        double? Peer() => Seconds("/usr/bin/python3", script, folder, "first");
    }

    private static double? Seconds(string program, params string[] arguments)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(began).TotalSeconds : null;
    }

    /// <returns>The largest of a probability.</returns>
    private static double Difference(double[][] answer, double[][] exact) => answer.Zip(exact).Max(p => p.First.Zip(p.Second).Max(x => Math.Abs(x.First - x.Second)));

    private static string Small(double difference) => difference.ToString("0.0e+0", CultureInfo.InvariantCulture);

    private static double[][] Answer(SideProcess side) => JsonSerializer.Deserialize<double[][]>(side.Ask("answer"))!;
}
