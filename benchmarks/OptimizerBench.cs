using System.Globalization;
using Spectre.Console;

namespace Fovea.Benchmarks;

/// <summary>Optimizer steps next to PyTorch's, and next to what the memory allows: each number has to be read and written once.</summary>
internal static class OptimizerBench
{
    // A turn takes a third of a second on each side, so that what else starts up in a process does not count.
    private const int Rounds = 9, Steps = 100, PeerSteps = 10, MemoryRuns = 40;

    // Weight and gradient are read and the weight written; SGD has one buffer besides, Adam two, each read and written.
    private static readonly (OptimizerKind Kind, int Streams)[] _kinds = [(OptimizerKind.Sgd, 5), (OptimizerKind.Adam, 7), (OptimizerKind.AdamW, 7)];

    /// <param name="root">The repository.</param>
    /// <returns>What goes into the file of figures; null where nothing could be measured.</returns>
    public static object? Run(string root)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle("Optimizer steps over ResNet-18's parameters, a second") };
        table.AddColumns("", "Fovea", "PyTorch", "ratio", "ms", "share of the memory's speed");
        var results = new List<object>();
        var peerName = "";
        foreach (var (kind, streams) in _kinds)
        {
            using var peer = SideProcess.TryStartPython(Path.Combine(root, "benchmarks", "peers", "optimizer.py"), [kind.ToString()], out var why);
            using var ours = SideProcess.TryStart("dotnet", [typeof(OptimizerBench).Assembly.Location, "--side", "optimizer", kind.ToString()]);
            using var memory = SideProcess.TryStart("dotnet", [typeof(OptimizerBench).Assembly.Location, "--side", "memory"]);
            if (peer is null || ours is null || memory is null)
            {
                Console.Error.WriteLine(why ?? "Fovea's side did not start");
                return null;
            }
            peerName = peer.Description;
            var bytes = 4.0 * streams * long.Parse(ours.Ask("parameters"), CultureInfo.InvariantCulture);
            var ofMemory = double.Parse(memory.Ask("bytes"), CultureInfo.InvariantCulture);
            var (a, b, ratio) = Comparison.Alternate(ours, peer, Rounds, Steps, perRun: 1, warmUp: Steps, PeerSteps);
            var (_, _, share) = Comparison.Alternate(ours, memory, Rounds, Steps, perRun: 1, warmUp: Steps, MemoryRuns);
            var milliseconds = 1000 / a.Median;
            var bound = share.Scaled(bytes / ofMemory);
            table.AddRow($"{kind}", a.Text("0"), b.Text("0"), ratio.Text("0.00"), milliseconds.ToString("0.0", CultureInfo.InvariantCulture), bound.Text("0.00"));
            results.Add(new { work = $"{kind} over ResNet-18's parameters", unit = "steps/s", rounds = Rounds, fovea = a, pytorch = b, ratio, milliseconds, shareOfMemorySpeed = bound });
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"{Rounds} alternating rounds of {Steps} steps, {PeerSteps} of PyTorch's, medians (lowest–highest). The memory's speed is that of adding one array of 256 MiB to another, in turn with Fovea's steps. Peer: {peerName}.");
        return new { peer = peerName, results };
    }
}
