using System.Globalization;
using Spectre.Console;

namespace Fovea.Benchmarks;

/// <summary>Loops that never dispose a tensor next to the same loops with a dispose scope: peak memory and speed.</summary>
internal static class UndisposedBench
{
    private const int Rounds = 7;

    private static readonly (string Loop, string Work, int Turns)[] _loops =
    [
        ("arithmetic", "four tensors of 1 MiB a turn", 300),
        ("training", "training steps of the Cifar network, 64 images", 30),
    ];

    /// <returns>What goes into the file of figures; null where nothing could be measured.</returns>
    public static object? Run()
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle("Loops that never dispose a tensor: turns a second and peak memory") };
        table.AddColumns("", "undisposed", "with a scope", "ratio", "MB", "ratio");
        var results = new List<object>();
        foreach (var (loop, work, turns) in _loops)
        {
            using var undisposed = SideProcess.TryStart("dotnet", [typeof(UndisposedBench).Assembly.Location, "--side", "undisposed", loop, bool.FalseString]);
            using var scoped = SideProcess.TryStart("dotnet", [typeof(UndisposedBench).Assembly.Location, "--side", "undisposed", loop, bool.TrueString]);
            if (undisposed is null || scoped is null)
                return null;
            var (a, b, ratio) = Comparison.Alternate(undisposed, scoped, Rounds, turns, perRun: 1, warmUp: turns / 10);
            var (peak, scopedPeak) = (undisposed.SumOfPeaks(), scoped.SumOfPeaks());
            var more = (double)peak / scopedPeak;
            table.AddRow($"{work}, {Rounds * turns} turns", a.Text("0"), b.Text("0"), ratio.Text("0.00"), $"{peak / 1e6:0} / {scopedPeak / 1e6:0}", more.ToString("0.00", CultureInfo.InvariantCulture));
            results.Add(new { work = $"{work}, {Rounds * turns} turns", unit = "turns/s", rounds = Rounds, fovea = a, withScope = b, ratio, peakBytes = new { fovea = peak, withScope = scopedPeak, ratio = more } });
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"{Rounds} alternating rounds, medians (lowest–highest). MB: peak resident memory of each process, and their ratio.");
        return new { results };
    }
}
