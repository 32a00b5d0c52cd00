using System.Globalization;
using Spectre.Console;

namespace Fovea.Benchmarks;

/// <summary>Training end to end from image files with augmentation: Fovea's trainer over a folder next to PyTorch with DataLoader and torchvision's transforms.</summary>
internal static class FromFilesBench
{
    private const int Rounds = 7;

    // What the loader does with decoded images: by default it keeps them; 0 decodes anew in each epoch.
    private static readonly (string PyTorch, (string Text, long Bytes)[] Caches)[] _lines =
    [
        ("default", [("images kept decoded", -1), ("images decoded in each epoch", 0)]),
        ("best", [("images kept decoded", -1)]),
    ];

    /// <param name="root">The repository.</param>
    /// <returns>What goes into the file of figures; null where nothing could be measured.</returns>
    public static object? Run(string root)
    {
        var folder = Directory.CreateTempSubdirectory("fovea-bench-");
        try
        {
            FromFilesWorkload.Write(folder.FullName);
            return Measure(Path.Combine(root, "benchmarks", "peers", "fromfiles.py"), folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static object? Measure(string script, string folder)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle($"Cifar network from {FromFilesWorkload.Images} PNG files: images a second in training") };
        table.AddColumns("", "Fovea", "PyTorch", "ratio", "MB", "loss");
        var results = new List<object>();
        var peers = new List<string>();
        foreach (var (mode, caches) in _lines)
        {
            using var peer = SideProcess.TryStartPython(script, [folder, mode], out var why);
            if (peer is null)
            {
                Console.Error.WriteLine(why);
                return null;
            }
            peers.Add(peer.Description);
            foreach (var (text, bytes) in caches)
            {
                using var ours = SideProcess.TryStart("dotnet", [typeof(FromFilesBench).Assembly.Location, "--side", "fromfiles", folder, bytes.ToString(CultureInfo.InvariantCulture)]);
                if (ours is null)
                    return null;
                // The first epoch was trained before each side was ready.
                var (a, b, ratio) = Comparison.Alternate(ours, peer, Rounds, runs: 2, perRun: FromFilesWorkload.Images, warmUp: 0, peerRuns: 1);
                var (ownPeak, peerPeak) = (ours.SumOfPeaks(), peer.SumOfPeaks());
                var (ownLoss, peerLoss) = (Loss(ours), Loss(peer));
                table.AddRow($"{text}, PyTorch {mode}", a.Text("#,0"), b.Text("#,0"), ratio.Text("0.00"), $"{ownPeak / 1e6:0} / {peerPeak / 1e6:0}", string.Create(CultureInfo.InvariantCulture, $"{ownLoss:0.000} / {peerLoss:0.000}"));
                results.Add(new
                {
                    work = $"Cifar network from {FromFilesWorkload.Images} PNG files, {text}, PyTorch {mode}", unit = "images/s", rounds = Rounds, fovea = a, pytorch = b, ratio,
                    peakBytes = new { fovea = ownPeak, pytorch = peerPeak }, loss = new { fovea = ownLoss, pytorch = peerLoss }, peer = peer.Description,
                });
            }
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"{Rounds} alternating rounds of whole epochs after the first, medians (lowest–highest); the ratio is that of neighboring rounds. MB: peak resident memory of all processes of a side. Loss: of each side's last epoch; Fovea has trained twice as many. Peers: {string.Join("; ", peers)}.");
        return new { peer = string.Join("; ", peers), results };
    }

    private static double Loss(SideProcess side) => double.Parse(side.Ask("loss"), CultureInfo.InvariantCulture);
}
