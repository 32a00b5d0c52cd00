using System.Globalization;
using Spectre.Console;

namespace Fovea.Benchmarks;

/// <summary>Training of a U-Net on ISBI 2012 next to PyTorch, from the images to changed weights, augmentation included.</summary>
internal static class MembranesBench
{
    private const int Rounds = 7, Steps = 20, Batch = 4;

    /// <param name="root">The repository.</param>
    /// <param name="shared">A folder that has the images; null where there is none.</param>
    /// <returns>What goes into the file of figures; null where nothing could be measured.</returns>
    public static object? Run(string root, string? shared)
    {
        var folder = Path.Combine(shared ?? "data", "data", "isbi2012-membrane", "train");
        if (!Directory.Exists(folder))
        {
            Console.WriteLine($"U-Net: skipped, '{folder}' is not there; set FOVEA_SHARED to the folder that holds it");
            return null;
        }
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("U-Net 48-96-192-384 on 2x2 patches, crops of 256x256 a second, training", "Fovea", "PyTorch", "ratio", "MB");
        var results = new List<object>();
        var peerName = "";
        foreach (var precision in new[] { Precision.BFloat16, Precision.Float32 })
        {
            var name = precision.ToString().ToLowerInvariant();
            using var peer = SideProcess.TryStartPython(Path.Combine(root, "benchmarks", "peers", "unet.py"), [folder, name, $"{(Rounds + 1) * Steps}"], out var why);
            using var ours = SideProcess.TryStart("dotnet", typeof(MembranesBench).Assembly.Location, "--side", "membranes", folder, name);
            if (peer is null || ours is null)
            {
                Console.Error.WriteLine(why ?? "Fovea's side did not start");
                return null;
            }
            peerName = peer.Description;
            var (mine, theirs) = (new List<double>(), new List<double>());
            ours.Run(3);
            peer.Run(3);
            for (var round = 0; round < Rounds; round++)
            {
                mine.Add(Batch * Steps / ours.Run(Steps));
                theirs.Add(Batch * Steps / peer.Run(Steps));
            }
            var (a, b) = (Measurement.Of(mine), Measurement.Of(theirs));
            var ratio = Measurement.Of(mine.Zip(theirs, (m, t) => m / t));
            var (ownPeak, peerPeak) = (ours.SumOfPeaks(), peer.SumOfPeaks());
            table.AddRow(name, Text(a), Text(b), string.Create(CultureInfo.InvariantCulture, $"{ratio.Median:0.00} ({ratio.Lowest:0.00}–{ratio.Highest:0.00})"), $"{ownPeak / 1e6:0} / {peerPeak / 1e6:0}");
            results.Add(new { work = $"U-Net 48-96-192-384 on 2x2 patches, 4 crops of 256x256, {name}", unit = "images/s", rounds = Rounds, fovea = a, pytorch = b, ratio, peakBytes = new { fovea = ownPeak, pytorch = peerPeak } });
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"{Rounds} alternating rounds of {Steps} steps, medians (lowest–highest); the ratio is that of neighboring rounds. MB: peak resident memory, PyTorch's with its two workers'. Peer: {peerName}.");
        return new { peer = peerName, results };
    }

    private static string Text(Measurement m) => string.Create(CultureInfo.InvariantCulture, $"{m.Median:0.0} ({m.Lowest:0.0}–{m.Highest:0.0})");
}
