using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Fovea.Benchmarks;

/// <summary>
/// Prediction of a YOLO next to the same network with the same weights in PyTorch with torchvision's suppression, from pixels to the objects found, and
/// suppression alone.
/// </summary>
internal static class DetectionBench
{
    private const int Rounds = 7;
    private static readonly Precision[] _precisions = [Precision.BFloat16, Precision.Float32];

    /// <param name="root">The repository.</param>
    /// <returns>What goes into the file of figures; null where nothing could be measured.</returns>
    public static object? Run(string root)
    {
        var folder = Directory.CreateTempSubdirectory("fovea-bench-");
        try
        {
            return Measure(Path.Combine(root, "benchmarks", "peers", "yolo.py"), folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static object? Measure(string script, string folder)
    {
        DetectionWorkload.WriteNetwork(folder);
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns($"YOLO, {DetectionWorkload.Side} x {DetectionWorkload.Side}, images a second, prediction", "Fovea", "PyTorch", "ratio", "found by both");
        var results = new List<object>();
        var peerName = "";
        foreach (var batch in new[] { DetectionWorkload.Images, 1 })
        {
            var sides = new List<(Precision Precision, Measurement Fovea, Measurement PyTorch)>();
            foreach (var precision in _precisions)
            {
                var name = precision.ToString().ToLowerInvariant();
                using var peer = SideProcess.TryStartPython(script, [folder, name, $"{batch}"], out var why);
                using var ours = SideProcess.TryStart("dotnet", [typeof(DetectionBench).Assembly.Location, "--side", "detection", folder, name, $"{batch}"]);
                if (peer is null || ours is null)
                {
                    Console.Error.WriteLine(why ?? "Fovea's side did not start");
                    return null;
                }
                peerName = peer.Description;
                var (a, b, ratio) = Comparison.Alternate(ours, peer, Rounds, 32 / batch, perRun: batch, warmUp: 32 / batch);
                // In bfloat16 both round every layer, each in its way, and boxes of nearly equal scores change places.
                double? shared = precision == Precision.Float32 ? Agreement(Found(ours), Found(peer)) : null;
                if (shared < 0.99)
                    throw new InvalidOperationException($"The two sides find different objects: only {shared:P1} are found by both.");
                sides.Add((precision, a, b));
                table.AddRow($"{batch} together, {name}", a.Text("0.00"), b.Text("0.00"), ratio.Text("0.00"), shared?.ToString("P1", CultureInfo.InvariantCulture) ?? "");
                results.Add(new { work = $"YOLO, {batch} images of 320x320, {name}", unit = "images/s", rounds = Rounds, fovea = a, pytorch = b, ratio, foundByBoth = shared });
            }
            var defaults = (Fovea: sides.First(s => s.Precision == Precision.BFloat16).Fovea, PyTorch: sides.First(s => s.Precision == Precision.Float32).PyTorch);
            table.AddRow($"{batch} together, bfloat16 and PyTorch's float32", defaults.Fovea.Text("0.00"), defaults.PyTorch.Text("0.00"), (defaults.Fovea.Median / defaults.PyTorch.Median).ToString("0.00", CultureInfo.InvariantCulture), "");
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"{Rounds} alternating rounds, medians (lowest–highest); the ratio is that of neighboring rounds. Peer: {peerName}.");

        var suppression = new Table { Border = TableBorder.Simple };
        suppression.AddColumns("suppression, runs a second", "Fovea", "torchvision", "ratio");
        foreach (var count in new[] { 1_000, 10_000 })
        {
            DetectionWorkload.WriteBoxes(folder, count);
            using var peer = SideProcess.TryStartPython(script, ["nms", folder], out var why);
            using var ours = SideProcess.TryStart("dotnet", [typeof(DetectionBench).Assembly.Location, "--side", "suppression", folder]);
            if (peer is null || ours is null)
            {
                Console.Error.WriteLine(why ?? "Fovea's side did not start");
                return null;
            }
            if (ours.Ask("kept") != peer.Ask("kept").Replace(" ", ""))
                throw new InvalidOperationException("The two sides keep different boxes.");
            var (a, b, ratio) = Comparison.Alternate(ours, peer, Rounds, 50_000 / count, perRun: 1, warmUp: 50_000 / count);
            suppression.AddRow($"{count} boxes", a.Text("0.00"), b.Text("0.00"), ratio.Text("0.00"));
            results.Add(new { work = $"suppression of {count} boxes", unit = "runs/s", rounds = Rounds, fovea = a, torchvision = b, ratio });
        }
        AnsiConsole.Write(suppression);
        return new { peer = peerName, results };
    }

    private static double[][][] Found(SideProcess side) => JsonSerializer.Deserialize<double[][][]>(side.Ask("found"))!;

    /// <returns>Share of the objects of either side that the other has too: of the same class, with a score within 0.02 and corners within 2 pixels.</returns>
    private static double Agreement(double[][][] a, double[][][] b)
    {
        var all = a.Sum(i => i.Length) + b.Sum(i => i.Length);
        return (double)(a.Zip(b).Sum(i => i.First.Count(x => i.Second.Any(y => Same(x, y)))) + b.Zip(a).Sum(i => i.First.Count(x => i.Second.Any(y => Same(x, y))))) / all;

        static bool Same(double[] x, double[] y) => x[0] == y[0] && Math.Abs(x[1] - y[1]) < 0.02 && x.Zip(y).Skip(2).All(c => Math.Abs(c.First - c.Second) < 2);
    }
}
