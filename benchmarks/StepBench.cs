using Spectre.Console;

namespace Fovea.Benchmarks;

/// <summary>Training of a network next to PyTorch, from the images to changed weights, in several precisions.</summary>
internal sealed record StepBench
{
    private const int Rounds = 7, WarmUp = 3;

    /// <summary>Networks on random pixels: each line against PyTorch as it is out of the box, and at its best.</summary>
    public static IReadOnlyList<StepBench> Networks { get; } =
    [
        OfNetwork(Workload.Letters, steps: 60, "#,0"),
        OfNetwork(Workload.Cifar, steps: 30, "#,0"),
        OfNetwork(Workload.ResNet18, steps: 5, "0.0"),
        OfNetwork(Workload.UNet, steps: 5, "0.0"),
    ];

    /// <summary>The U-Net of pipelines/membranes.cs, augmentation included.</summary>
    public static StepBench Membranes { get; } = new()
    {
        Side = "membranes", Work = "U-Net 48-96-192-384 on 2x2 patches, crops of 256x256", Batch = 4, Format = "0.0",
        Folder = Path.Combine("isbi2012-membrane", "train"), Script = "unet.py",
        // Of twice the steps, for in its last ones the peer bends no more.
        PeerArguments = (folder, precision) => [folder, precision, $"{2 * (WarmUp + Rounds * 20)}"],
    };

    /// <summary>The DCGAN of pipelines/fashion-gan.cs: a step of both networks.</summary>
    public static StepBench Dcgan { get; } = new()
    {
        Side = "dcgan", Work = "DCGAN of width 32, images of 28x28", Batch = 128, Format = "#,0",
        Folder = "fashion-mnist", Script = "dcgan.py",
        PeerArguments = (folder, precision) => ["serve", folder, precision],
    };

    /// <summary>The convolutional variational autoencoder of pipelines/digits-vae.cs.</summary>
    public static StepBench Vae { get; } = new()
    {
        Side = "vae", Work = "convolutional VAE, images of 28x28", Batch = VaeSide.Batch, Format = "#,0",
        Folder = "mnist", Script = "vae.py",
        PeerArguments = (folder, precision) => [Path.Combine(folder, "train-images-idx3-ubyte.gz"), precision],
        // PyTorch's users get float32 unless they ask; what Fovea takes by default is compared with both.
        Pairs = [.. StepPair.Same, new(Precision.BFloat16, "float32")],
    };

    /// <summary>Its name behind <c>--side</c>.</summary>
    public required string Side { get; init; }

    /// <summary>What is trained, on what.</summary>
    public required string Work { get; init; }

    /// <summary>Images of a step.</summary>
    public required int Batch { get; init; }

    /// <summary>Steps of a round.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>Of images a second.</summary>
    public required string Format { get; init; }

    /// <summary>Of the images, below the shared data.</summary>
    public string? Folder { get; init; }

    /// <summary>Where the pixels are random, which <see cref="Workload"/> it is.</summary>
    public string? Network { get; init; }

    /// <summary>PyTorch's side, in benchmarks/peers.</summary>
    public required string Script { get; init; }

    /// <summary>Its arguments, of the folder or network and the precision or mode.</summary>
    public required Func<string, string, IEnumerable<string>> PeerArguments { get; init; }

    /// <summary>What is compared.</summary>
    public IReadOnlyList<StepPair> Pairs { get; init; } = StepPair.Same;

    private static StepBench OfNetwork(Workload work, int steps, string format) => new()
    {
        Side = "network", Work = work.ToString(), Batch = work.Batch, Steps = steps, Format = format, Script = "train.py",
        Network = work.Name, PeerArguments = (_, mode) => [.. work.PeerArguments, mode], Pairs = StepPair.DefaultAndBest,
    };

    /// <param name="benches">One after the other.</param>
    /// <param name="root">The repository.</param>
    /// <param name="shared">A folder that has the images; null where there is none.</param>
    /// <returns>What goes into the file of figures; null where nothing could be measured.</returns>
    public static object? Run(IEnumerable<StepBench> benches, string root, string? shared)
    {
        var results = new List<object>();
        var peers = new HashSet<string>();
        foreach (var bench in benches)
            bench.Run(root, shared, results, peers);
        if (results.Count == 0)
            return null;
        Console.WriteLine($"{Rounds} alternating rounds, medians (lowest–highest); the ratio is that of neighboring rounds. MB: peak resident memory of all processes of a side.");
        return new { peer = string.Join("; ", peers), results };
    }

    private void Run(string root, string? shared, List<object> results, HashSet<string> peers)
    {
        var source = Network ?? Path.Combine(shared ?? "data", "data", Folder!);
        if (Network is null && !Directory.Exists(source))
        {
            Console.WriteLine($"{Work}: skipped, '{source}' is not there; set FOVEA_SHARED to the folder that holds it");
            return;
        }
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle($"{Work}, {Batch} a step: images a second in training") };
        table.AddColumns("", "Fovea", "PyTorch", "ratio", "MB");
        foreach (var pair in Pairs)
        {
            if (pair.Preload is { } library && !File.Exists(library))
            {
                Console.WriteLine($"{Work}, {pair}: skipped, there is no {library}");
                continue;
            }
            using var peer = SideProcess.TryStartPython(Path.Combine(root, "benchmarks", "peers", Script), PeerArguments(source, pair.PyTorch), out var why, pair.Preload);
            using var ours = SideProcess.TryStart("dotnet", [typeof(StepBench).Assembly.Location, "--side", Side, source, pair.Fovea.ToString()]);
            if (peer is null || ours is null)
            {
                Console.Error.WriteLine(why ?? "Fovea's side did not start");
                return;
            }
            peers.Add(peer.Description.Split(',')[0]);
            var (a, b, ratio) = Comparison.Alternate(ours, peer, Rounds, Steps, Batch, WarmUp);
            var (ownPeak, peerPeak) = (ours.SumOfPeaks(), peer.SumOfPeaks());
            table.AddRow($"{pair}", a.Text(Format), b.Text(Format), ratio.Text("0.00"), $"{ownPeak / 1e6:0} / {peerPeak / 1e6:0}");
            results.Add(new { work = $"{Work}, {Batch} a step, {pair}", unit = "images/s", rounds = Rounds, fovea = a, pytorch = b, ratio, peakBytes = new { fovea = ownPeak, pytorch = peerPeak }, peer = peer.Description });
        }
        AnsiConsole.Write(table);
    }
}
