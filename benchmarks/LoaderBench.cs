using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Fovea.Benchmarks;

/// <summary>Augmented batches next to PyTorch's DataLoader: images a second, peak memory, and memory over 20 epochs.</summary>
internal static class LoaderBench
{
    private const int Rounds = 9;

    /// <param name="root">The repository.</param>
    /// <param name="shared">A folder that has the images; null where there is none.</param>
    /// <returns>What goes into the file of figures; null where nothing could be measured.</returns>
    public static object? Run(string root, string? shared)
    {
        var results = new List<object>();
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("batches of", "Fovea", "PyTorch", "ratio", "MB", "share");
        var peerName = "";
        foreach (var (work, cache, epochs, peerEpochs) in new[] { (LoaderWorkload.Photos, 0L, 3, 1), (LoaderWorkload.Photos, -1L, 6, 1), (LoaderWorkload.Fashion, -1L, 5, 1) })
        {
            var title = work == LoaderWorkload.Fashion ? "Fashion-MNIST" : cache == 0 ? "JPEGs, decoded each epoch" : "JPEGs, kept decoded";
            if (shared is null || !Directory.Exists(work.Folder(shared)))
            {
                Console.WriteLine($"{title}: skipped, '{(shared is null ? "data" : work.Folder(shared))}' is not there; set FOVEA_SHARED to the folder that holds it");
                continue;
            }
            using var peer = SideProcess.TryStartPython(Path.Combine(root, "benchmarks", "peers", "loader.py"), [work.Name, work.Folder(shared)], out var why);
            using var ours = SideProcess.TryStart("dotnet", [typeof(LoaderBench).Assembly.Location, "--side", work.Name, work.Folder(shared), cache.ToString(CultureInfo.InvariantCulture)]);
            if (peer is null || ours is null)
            {
                Console.Error.WriteLine(why ?? "Fovea's side did not start");
                return null;
            }
            peerName = peer.Description;
            var images = int.Parse(ours.Description.Split(' ')[0], CultureInfo.InvariantCulture);
            var (a, b, ratio) = Comparison.Alternate(ours, peer, Rounds, epochs, perRun: images, warmUp: 0, peerEpochs);
            var (ownOnce, peerOnce) = (ours.PeakWhileRunning(epochs), peer.PeakWhileRunning(peerEpochs));
            var (ownPeak, peerPeak) = (ours.SumOfPeaks(), peer.SumOfPeaks());
            var flat = JsonSerializer.Deserialize<MemoryFigure[]>(ours.Ask("flat"))!;
            table.AddRow(title, a.Text("#,0"), b.Text("#,0"), ratio.Text("0.0"), $"{ownPeak / 1e6:0} / {peerPeak / 1e6:0}", $"{(double)ownPeak / peerPeak:0.00} ({(double)ownOnce / peerOnce:0.00})");
            results.Add(new
            {
                work = title, unit = "images/s", batch = work.Batch, rounds = Rounds, fovea = a, pytorch = b, ratio,
                peakBytes = new { fovea = ownPeak, pytorch = peerPeak, ratio = (double)ownPeak / peerPeak },
                peakBytesSharedOnce = new { fovea = ownOnce, pytorch = peerOnce, ratio = (double)ownOnce / peerOnce },
                overEpochs = new { residentSpread = Spread(flat, f => f.Resident), heapSpread = Spread(flat, f => f.Heap), tensors = flat.Select(f => f.Tensors).Distinct().ToArray(), figures = flat },
            });
            Console.WriteLine($"{title}: over 20 epochs the resident memory keeps within {Spread(flat, f => f.Resident):0.0 %} and the managed heap within {Spread(flat, f => f.Heap):0.0 %} of its least; live tensors {string.Join(", ", flat.Select(f => f.Tensors).Distinct())}");
        }
        if (results.Count == 0)
            return null;
        AnsiConsole.Write(table);
        Console.WriteLine($"images/s: {Rounds} alternating rounds, medians (lowest–highest); the ratio is that of neighboring rounds. MB: peak resident memory of Fovea's process and of PyTorch's and its two workers' added up, and their ratio; in brackets the ratio where memory that processes share counts once. Peer: {peerName}.");
        return new { peer = peerName, results };
    }

    private static double Spread(MemoryFigure[] figures, Func<MemoryFigure, long> value) => (double)figures.Max(value) / figures.Min(value) - 1;
}
