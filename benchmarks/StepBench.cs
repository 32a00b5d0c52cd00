using Spectre.Console;

namespace Fovea.Benchmarks;

/// <summary>Training of a network next to PyTorch, from the images to changed weights, in several precisions.</summary>
internal sealed record StepBench
{
    private const int Rounds = 7, Steps = 20, WarmUp = 3;

    private static readonly (Precision Fovea, Precision PyTorch)[] _same = [(Precision.BFloat16, Precision.BFloat16), (Precision.Float32, Precision.Float32)];

    /// <summary>The U-Net of pipelines/membranes.cs, augmentation included.</summary>
    public static StepBench Membranes { get; } = new()
    {
        Side = "membranes", Work = "U-Net 48-96-192-384 on 2x2 patches, crops of 256x256", Batch = 4, Format = "0.0",
        Folder = Path.Combine("isbi2012-membrane", "train"), Script = "unet.py",
        // Of twice the steps, for in its last ones the peer bends no more.
        PeerArguments = (folder, precision) => [folder, precision, $"{2 * (WarmUp + Rounds * Steps)}"], Precisions = _same,
    };

    /// <summary>The DCGAN of pipelines/fashion-gan.cs: a step of both networks.</summary>
    public static StepBench Dcgan { get; } = new()
    {
        Side = "dcgan", Work = "DCGAN of width 32, images of 28x28", Batch = 128, Format = "#,0",
        Folder = "fashion-mnist", Script = "dcgan.py",
        PeerArguments = (folder, precision) => ["serve", folder, precision], Precisions = _same,
    };

    /// <summary>The convolutional variational autoencoder of pipelines/digits-vae.cs.</summary>
    public static StepBench Vae { get; } = new()
    {
        Side = "vae", Work = "convolutional VAE, images of 28x28", Batch = VaeSide.Batch, Format = "#,0",
        Folder = "mnist", Script = "vae.py",
        PeerArguments = (folder, precision) => [Path.Combine(folder, "train-images-idx3-ubyte.gz"), precision],
        // PyTorch's users get float32 unless they ask; what Fovea takes by default is compared with both.
        Precisions = [.. _same, (Precision.BFloat16, Precision.Float32)],
    };

    /// <summary>Its name behind <c>--side</c>.</summary>
    public required string Side { get; init; }

    /// <summary>What is trained, on what.</summary>
    public required string Work { get; init; }

    /// <summary>Images of a step.</summary>
    public required int Batch { get; init; }

    /// <summary>Of images a second.</summary>
    public required string Format { get; init; }

    /// <summary>Of the images, below the shared data.</summary>
    public required string Folder { get; init; }

    /// <summary>PyTorch's side, in benchmarks/peers.</summary>
    public required string Script { get; init; }

    /// <summary>Its arguments, of the folder and the precision.</summary>
    public required Func<string, string, IEnumerable<string>> PeerArguments { get; init; }

    /// <summary>Which are compared.</summary>
    public required IReadOnlyList<(Precision Fovea, Precision PyTorch)> Precisions { get; init; }

    /// <param name="root">The repository.</param>
    /// <param name="shared">A folder that has the images; null where there is none.</param>
    /// <returns>What goes into the file of figures; null where nothing could be measured.</returns>
    public object? Run(string root, string? shared)
    {
        var folder = Path.Combine(shared ?? "data", "data", Folder);
        if (!Directory.Exists(folder))
        {
            Console.WriteLine($"{Work}: skipped, '{folder}' is not there; set FOVEA_SHARED to the folder that holds it");
            return null;
        }
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns($"{Work}, a second, training", "Fovea", "PyTorch", "ratio", "MB");
        var results = new List<object>();
        var peerName = "";
        foreach (var (fovea, pytorch) in Precisions)
        {
            var (mine, theirs) = (fovea.ToString().ToLowerInvariant(), pytorch.ToString().ToLowerInvariant());
            using var peer = SideProcess.TryStartPython(Path.Combine(root, "benchmarks", "peers", Script), PeerArguments(folder, theirs), out var why);
            using var ours = SideProcess.TryStart("dotnet", typeof(StepBench).Assembly.Location, "--side", Side, folder, mine);
            if (peer is null || ours is null)
            {
                Console.Error.WriteLine(why ?? "Fovea's side did not start");
                return null;
            }
            peerName = peer.Description.Split(',')[0];
            var (a, b, ratio) = Comparison.Alternate(ours, peer, Rounds, Steps, Batch, WarmUp);
            var (ownPeak, peerPeak) = (ours.SumOfPeaks(), peer.SumOfPeaks());
            var which = mine == theirs ? mine : $"{mine}, PyTorch {theirs}";
            table.AddRow(which, a.Text(Format), b.Text(Format), ratio.Text("0.00"), $"{ownPeak / 1e6:0} / {peerPeak / 1e6:0}");
            results.Add(new { work = $"{Work}, {Batch} a step, {which}", unit = "images/s", rounds = Rounds, fovea = a, pytorch = b, ratio, peakBytes = new { fovea = ownPeak, pytorch = peerPeak } });
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"{Rounds} alternating rounds of {Steps} steps of {Batch}, medians (lowest–highest); the ratio is that of neighboring rounds. MB: peak resident memory of all processes of a side. Peer: {peerName}.");
        return new { peer = peerName, results };
    }
}
