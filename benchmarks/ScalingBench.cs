using System.Globalization;
using Spectre.Console;

namespace Fovea.Benchmarks;

/// <summary>Speed and memory over what grows: images of a batch, their size, threads, and rows of the data.</summary>
internal static class ScalingBench
{
    private const int Rounds = 7;

    /// <summary>A round is made of as many steps as take about so long.</summary>
    private const double RoundSeconds = 0.2;

    private static readonly IReadOnlyList<Workload> _works =
    [
        .. Of(Workload.Letters, [1, 4, 16, 64, 256], [32]),
        .. Of(Workload.ResNet18, [1, 4, 16, 64, 256], [64]),
        .. Of(Workload.ResNet18, [1, 16, 32], [224]),
        .. Of(Workload.ResNet18, [8], [32, 64, 128, 256, 512]),
    ];

    private static readonly int[] _rows = [1_000, 10_000, 100_000, 1_000_000];

    /// <returns>What goes into the file of figures; null where nothing could be measured.</returns>
    public static object? Run()
    {
        var results = new List<object>();
        var folder = Directory.CreateTempSubdirectory("fovea-bench-");
        try
        {
            FromFilesWorkload.Write(folder.FullName);
            return Training(results) && Rows(folder.FullName, results) ? new { results } : null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<Workload> Of(Workload work, int[] batches, int[] sizes) => batches.SelectMany(batch => sizes.Select(size => work with { Batch = batch, Size = size }));

    private static bool Training(List<object> results)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle("Training: images a second, with all cores and with one thread") };
        table.AddColumns("", "all cores", "one thread", "ratio", "MB");
        foreach (var work in _works)
        {
            using var all = Start(work, Environment.ProcessorCount);
            using var one = Start(work, 1);
            if (all is null || one is null)
                return false;
            var steps = (int)Math.Clamp(RoundSeconds / all.Run(1), 1, 200);
            var (a, b, ratio) = Comparison.Alternate(all, one, Rounds, steps, work.Batch, warmUp: 1);
            var (peak, onePeak) = (all.SumOfPeaks(), one.SumOfPeaks());
            table.AddRow($"{work}, batch {work.Batch}", a.Text("#,0"), b.Text("#,0"), ratio.Text("0.00"), $"{peak / 1e6:0} / {onePeak / 1e6:0}");
            results.Add(new { work = $"{work}, {work.Batch} a step", unit = "images/s", rounds = Rounds, fovea = a, oneThread = b, ratio, peakBytes = new { fovea = peak, oneThread = onePeak } });
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"{Rounds} alternating rounds of about {RoundSeconds.ToString(CultureInfo.InvariantCulture)} s, medians (lowest–highest); the ratio is that of neighboring rounds.");
        return true;
    }

    private static bool Rows(string folder, List<object> results)
    {
        const int batches = 100;
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle($"Loader over generated rows of PNG bytes, at most {ScalingSide.CacheBytes >> 20} MiB kept decoded: images a second") };
        table.AddColumns("rows", "Fovea", "MB");
        foreach (var rows in _rows)
        {
            using var side = SideProcess.TryStart("dotnet", [typeof(ScalingBench).Assembly.Location, "--side", "rows", folder, rows.ToString(CultureInfo.InvariantCulture)]);
            if (side is null)
                return false;
            side.Run(batches);
            var speed = Measurement.Of(Enumerable.Range(0, Rounds).Select(_ => batches * ScalingSide.Batch / side.Run(batches)).ToList());
            var peak = side.SumOfPeaks();
            table.AddRow(rows.ToString("#,0", CultureInfo.InvariantCulture), speed.Text("#,0"), $"{peak / 1e6:0}");
            results.Add(new { work = string.Create(CultureInfo.InvariantCulture, $"loader, {rows:#,0} generated rows"), unit = "images/s", rounds = Rounds, fovea = speed, peakBytes = new { fovea = peak } });
        }
        AnsiConsole.Write(table);
        return true;
    }

    private static SideProcess? Start(Workload work, int threads) => SideProcess.TryStart("dotnet",
        [typeof(ScalingBench).Assembly.Location, "--side", "scaling", work.Name, .. new[] { work.Batch, work.Size, threads }.Select(n => n.ToString(CultureInfo.InvariantCulture))]);
}
