using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using static Fovea.Benchmarks.EvaluationWorkload;

namespace Fovea.Benchmarks;

/// <summary>Confusion matrix and curves of a classifier, IoU of masks and COCO's average precision next to the same computed with NumPy.</summary>
internal static class EvaluationBench
{
    private const int Rounds = 7;

    private static readonly (string Name, string Text, int Runs, Action<string> Write)[] _works =
    [
        ("classes", $"classifier, confusion matrix and curves, {EvaluationWorkload.Rows} x {Classes} scores", 10, WriteClasses),
        ("masks", $"IoU of {Masks} masks of {Side}x{Side}", 10, WriteMasks),
        ("boxes", $"COCO's AP and AR, {Images} images, {Images * Predictions} predictions, from the files", 10, WriteBoxes),
    ];

    /// <param name="root">The repository.</param>
    /// <returns>What goes into the file of figures; null where nothing could be measured.</returns>
    public static object? Run(string root)
    {
        var folder = Directory.CreateTempSubdirectory("fovea-bench-");
        try
        {
            return Measure(Path.Combine(root, "benchmarks", "peers", "evaluation.py"), folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static object? Measure(string script, string folder)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle("Evaluations: milliseconds") };
        table.AddColumns("", "Fovea", "NumPy", "ratio", "MB", "differ by");
        var results = new List<object>();
        var peerName = "";
        foreach (var (name, text, runs, write) in _works)
        {
            write(folder);
            using var peer = SideProcess.TryStartPython(script, [name, folder], out var why);
            using var ours = SideProcess.TryStart("dotnet", [typeof(EvaluationBench).Assembly.Location, "--side", "evaluation", name, folder]);
            if (peer is null || ours is null)
            {
                Console.Error.WriteLine(why ?? "Fovea's side did not start");
                return null;
            }
            peerName = peer.Description;
            var (a, b, ratio) = Comparison.Alternate(ours, peer, Rounds, runs, perRun: 1, warmUp: 1, peerRuns: 1);
            var (ownPeak, peerPeak) = (ours.SumOfPeaks(), peer.SumOfPeaks());
            var difference = Figures(ours).Zip(Figures(peer)).Max(f => Math.Abs(f.First - f.Second));
            // Sums of a hundred thousand float32 scores in another order.
            if (!(difference < 1e-6))
                throw new InvalidOperationException($"{text}: the two sides differ by {difference}.");
            var (mine, theirs) = (a.Inverted(1e3), b.Inverted(1e3));
            table.AddRow(text, mine.Text("0.0"), theirs.Text("0"), ratio.Text("0.0"), $"{ownPeak / 1e6:0} / {peerPeak / 1e6:0}", difference.ToString("0e+0", CultureInfo.InvariantCulture));
            results.Add(new { work = text, unit = "ms", rounds = Rounds, fovea = mine, numpy = theirs, ratio, peakBytes = new { fovea = ownPeak, numpy = peerPeak }, difference });
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"{Rounds} alternating rounds, medians (lowest–highest); the ratio is that of neighboring rounds. Peer: {peerName}.");
        return new { peer = peerName, results };
    }

    private static double[] Figures(SideProcess side) => JsonSerializer.Deserialize<double[]>(side.Ask("figures"))!;
}
