using System.Globalization;
using Spectre.Console;

namespace Fovea.Benchmarks;

/// <summary>What an operation costs beside its arithmetic, in time and in managed memory, and what a training step leaves to the garbage collector.</summary>
internal static class SmallOpsBench
{
    private const int Rounds = 9, Runs = 4;

    private static readonly (string Name, string Text)[] _operations = [("add", "x + y"), ("number", "x + 1.5f"), ("shape", "x.shape")];

    /// <param name="root">The repository.</param>
    /// <returns>What goes into the file of figures; null where nothing could be measured.</returns>
    public static object? Run(string root)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle("Operations on 4 numbers: microseconds and managed bytes of each, freeing included") };
        table.AddColumns("", "Fovea", "PyTorch", "ratio", "bytes");
        var results = new List<object>();
        var peerName = "";
        foreach (var (name, text) in _operations)
        {
            using var peer = SideProcess.TryStartPython(Path.Combine(root, "benchmarks", "peers", "smallops.py"), [name, $"{SmallOpsSide.Operations}"], out var why);
            using var ours = SideProcess.TryStart("dotnet", [typeof(SmallOpsBench).Assembly.Location, "--side", "smallops", name]);
            if (peer is null || ours is null)
            {
                Console.Error.WriteLine(why ?? "Fovea's side did not start");
                return null;
            }
            peerName = peer.Description;
            var (a, b, ratio) = Comparison.Alternate(ours, peer, Rounds, Runs, perRun: SmallOpsSide.Operations, warmUp: Runs);
            var (mine, theirs) = (a.Inverted(1e6), b.Inverted(1e6));
            var bytes = ours.AllocatedByRun() / SmallOpsSide.Operations;
            table.AddRow(text, mine.Text("0.000"), theirs.Text("0.000"), ratio.Text("0.00"), bytes.ToString("0", CultureInfo.InvariantCulture));
            results.Add(new { work = text, unit = "µs", rounds = Rounds, fovea = mine, pytorch = theirs, ratio, managedBytes = bytes });
        }
        foreach (var work in new[] { Workload.Letters, Workload.Cifar, Workload.ResNet18 })
        {
            using var ours = SideProcess.TryStart("dotnet", [typeof(SmallOpsBench).Assembly.Location, "--side", "network", work.Name, $"{Precision.Auto}"]);
            if (ours is null)
                return null;
            var bytes = ours.AllocatedByRun();
            table.AddRow($"{work}, a training step", "", "", "", bytes.ToString("#,0", CultureInfo.InvariantCulture));
            results.Add(new { work = $"{work}, a training step", managedBytes = bytes });
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"{Rounds} alternating rounds of {Runs * SmallOpsSide.Operations} operations, medians (lowest–highest); the ratio is that of neighboring rounds. Peer: {peerName}.");
        return new { peer = peerName, results };
    }
}
