using System.Globalization;
using Spectre.Console;

namespace Fovea.Benchmarks;

/// <summary>Training of a convolutional variational autoencoder on MNIST next to PyTorch, from the images in memory to changed weights.</summary>
internal static class VaeBench
{
    private const int Rounds = 9, Steps = 40;

    /// <param name="root">The repository.</param>
    /// <param name="shared">A folder that has the images; null where there is none.</param>
    /// <returns>What goes into the file of figures; null where nothing could be measured.</returns>
    public static object? Run(string root, string? shared)
    {
        var folder = Path.Combine(shared ?? "data", "data", "mnist");
        var images = Path.Combine(folder, "train-images-idx3-ubyte.gz");
        if (!File.Exists(images))
        {
            Console.WriteLine($"VAE: skipped, '{images}' is not there; set FOVEA_SHARED to the folder that holds it");
            return null;
        }
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("convolutional VAE, MNIST images a second, training", "Fovea", "PyTorch", "ratio");
        var results = new List<object>();
        var peerName = "";
        // PyTorch's users get float32 unless they ask; what Fovea takes by default is compared with both.
        foreach (var (mine, peers) in new[] { (Precision.BFloat16, "bfloat16"), (Precision.BFloat16, "float32"), (Precision.Float32, "float32") })
        {
            using var peer = SideProcess.TryStartPython(Path.Combine(root, "benchmarks", "peers", "vae.py"), [images, peers], out var why);
            using var ours = SideProcess.TryStart("dotnet", typeof(VaeBench).Assembly.Location, "--side", "vae", folder, mine.ToString());
            if (peer is null || ours is null)
            {
                Console.Error.WriteLine(why ?? "Fovea's side did not start");
                return null;
            }
            peerName = peer.Description.Split(',')[0];
            var (a, b) = (new List<double>(), new List<double>());
            ours.Run(5);
            peer.Run(5);
            for (var round = 0; round < Rounds; round++)
            {
                a.Add(VaeSide.Batch * Steps / ours.Run(Steps));
                b.Add(VaeSide.Batch * Steps / peer.Run(Steps));
            }
            var (fovea, pytorch, ratio) = (Measurement.Of(a), Measurement.Of(b), Measurement.Of(a.Zip(b, (m, t) => m / t)));
            table.AddRow($"{mine.ToString().ToLowerInvariant()}, PyTorch {peers}", Text(fovea), Text(pytorch), string.Create(CultureInfo.InvariantCulture, $"{ratio.Median:0.00} ({ratio.Lowest:0.00}–{ratio.Highest:0.00})"));
            results.Add(new { work = $"convolutional VAE, batch {VaeSide.Batch}, Fovea {mine}, PyTorch {peers}", unit = "images/s", rounds = Rounds, fovea, pytorch, ratio });
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"{Rounds} alternating rounds of {Steps} steps of {VaeSide.Batch}, medians (lowest–highest); the ratio is that of neighboring rounds. Peer: {peerName}.");
        return new { peer = peerName, results };
    }

    private static string Text(Measurement m) => string.Create(CultureInfo.InvariantCulture, $"{m.Median:0} ({m.Lowest:0}–{m.Highest:0})");
}
