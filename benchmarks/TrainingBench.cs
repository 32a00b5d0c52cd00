using System.Globalization;
using Spectre.Console;

namespace Fovea.Benchmarks;

/// <summary>Training speed next to PyTorch on the same machine.</summary>
internal static class TrainingBench
{
    private const int Rounds = 9;

    private static readonly Workload[] Works =
    [
        new(CnnArchitecture.Letters, Batch: 64, Channels: 1, Size: 32, Classes: 26, Steps: 60),
        new(CnnArchitecture.Cifar, Batch: 64, Channels: 3, Size: 32, Classes: 10, Steps: 30),
        new(CnnArchitecture.ResNet18, Batch: 16, Channels: 3, Size: 128, Classes: 1000, Steps: 5),
    ];

    /// <param name="root">The repository.</param>
    /// <returns>What goes into the file of figures; null where there is no PyTorch.</returns>
    public static object? Run(string root)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("images/s, training, float32", "Fovea", "PyTorch", "ratio");
        var results = new List<object>();
        var peerName = "";
        foreach (var work in Works)
        {
            using var ours = new FoveaSide(work, Precision.Float32);
            using var peer = SideProcess.TryStartPython(Path.Combine(root, "benchmarks", "peers", "train.py"),
                [work.Network.ToString(), .. new[] { work.Batch, work.Channels, work.Size, work.Classes }.Select(n => n.ToString(CultureInfo.InvariantCulture))], out var why);
            if (peer is null)
            {
                Console.Error.WriteLine(why);
                return null;
            }
            peerName = peer.Description;
            var (mine, theirs) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                mine.Add(work.Batch * work.Steps / ours.Run(work.Steps));
                theirs.Add(work.Batch * work.Steps / peer.Run(work.Steps));
            }
            var (a, b) = (Measurement.Of(mine), Measurement.Of(theirs));
            var ratio = Measurement.Of(mine.Zip(theirs, (m, t) => m / t));
            table.AddRow(work.ToString(), a.Text("#,0"), b.Text("#,0"), ratio.Text("0.00"));
            results.Add(new { work = work.ToString(), unit = "images/s", rounds = Rounds, fovea = a, pytorch = b, ratio });
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"{Rounds} alternating rounds, medians (lowest–highest); the ratio is that of neighboring rounds. Peer: {peerName}.");
        return new { peer = peerName, results };
    }
}
