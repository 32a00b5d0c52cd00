// Speed and memory next to PyTorch on the same machine: both sides in one run, alternating, medians.
//   dotnet run --project benchmarks [-- [FILE] [--only NAME]]      writes the figures to FILE as JSON
//   dotnet run --project benchmarks -- FILE --results PAGE         writes the figures of FILE to PAGE as Markdown, and measures nothing
// The images of the loader, the membranes, the VAE and the DCGAN are those of the folder FOVEA_SHARED, or of ../shared beside the repository.

using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fovea;
using Fovea.Benchmarks;
using Fovea.Native;

if (args is ["--side", var side, .. var given])
{
    switch (side, given)
    {
        case ("network", [var name, var precision]): NetworkSide.Serve(Workload.Of(name), Enum.Parse<Precision>(precision)); break;
        case ("membranes", [var folder, var precision]): MembranesSide.Serve(folder, Enum.Parse<Precision>(precision)); break;
        case ("vae", [var folder, var precision]): VaeSide.Serve(folder, Enum.Parse<Precision>(precision)); break;
        case ("dcgan", [var folder, var precision]): DcganSide.Serve(folder, Enum.Parse<Precision>(precision)); break;
        case ("detection", [var folder, var precision, var batch]): DetectionSide.ServeNetwork(folder, Enum.Parse<Precision>(precision, ignoreCase: true), Number(batch)); break;
        case ("suppression", [var folder]): DetectionSide.ServeSuppression(folder); break;
        case ("prediction", [var folder, var batch, var precision]): PredictionSide.Serve(folder, Number(batch), Enum.Parse<Precision>(precision)); break;
        case ("first", [var folder]): PredictionSide.First(folder); break;
        case ("optimizer", [var kind]): OptimizerSide.ServeSteps(Enum.Parse<OptimizerKind>(kind)); break;
        case ("memory", []): OptimizerSide.ServeMemory(); break;
        case ("fromfiles", [var folder, var cache]): FromFilesSide.Serve(folder, long.Parse(cache, CultureInfo.InvariantCulture)); break;
        case ("evaluation", [var work, var folder]): EvaluationSide.Serve(work, folder); break;
        case ("scaling", [var name, var batch, var size, var threads]): ScalingSide.ServeSteps(Workload.Of(name) with { Batch = Number(batch), Size = Number(size) }, Number(threads)); break;
        case ("rows", [var folder, var rows]): ScalingSide.ServeBatches(folder, Number(rows)); break;
        case ("smallops", [var operation]): SmallOpsSide.Serve(operation); break;
        case ("undisposed", [var loop, var scoped]): UndisposedSide.Serve(loop, bool.Parse(scoped)); break;
        case (var name, [var folder, var cache]): LoaderSide.Serve(LoaderWorkload.Of(name), folder, long.Parse(cache, CultureInfo.InvariantCulture)); break;
    }
    return 0;

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

var root = typeof(Workload).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "FoveaRoot").Value!;
var shared = Environment.GetEnvironmentVariable("FOVEA_SHARED") ?? Path.GetFullPath(Path.Combine(root, "..", "shared"));
var machine = $"{(LibTorch.IsAvailable ? LibTorch.Describe() : "LibTorch of the TorchSharp package")}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";
Console.WriteLine(machine);

(string Name, string Title, Func<object?> Run)[] benches =
[
    ("training", "Training, on random pixels", () => StepBench.Run(StepBench.Networks, root, shared)),
    ("prediction", "Prediction of a ResNet-18", () => PredictionBench.Run(root)),
    ("optimizer", "Optimizer steps over ResNet-18's parameters", () => OptimizerBench.Run(root)),
    ("loader", "Augmented batches", () => LoaderBench.Run(root, Directory.Exists(shared) ? shared : null)),
    ("membranes", "Training of a U-Net on electron micrographs, augmentation included", () => StepBench.Run([StepBench.Membranes], root, shared)),
    ("detection", "Detection: prediction of a YOLO with decoding and suppression", () => DetectionBench.Run(root)),
    ("fromfiles", "Training end to end from image files", () => FromFilesBench.Run(root)),
    ("scaling", "Scaling", ScalingBench.Run),
    ("smallops", "Small operations and managed memory", () => SmallOpsBench.Run(root)),
    ("undisposed", "Loops that never dispose a tensor", UndisposedBench.Run),
    ("evaluation", "Evaluation", () => EvaluationBench.Run(root)),
    ("vae", "Training of a variational autoencoder", () => StepBench.Run([StepBench.Vae], root, shared)),
    ("dcgan", "Training of a DCGAN", () => StepBench.Run([StepBench.Dcgan], root, shared)),
];
var only = Array.IndexOf(args, "--only") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
var file = args is [var first, ..] && first != "--only" ? first : null;
if (args is [var measured, "--results", var page])
{
    if (!File.Exists(measured))
    {
        Console.Error.WriteLine($"there is no '{measured}': measure first");
        return 1;
    }
    File.WriteAllText(page, ResultsPage.Of(JsonNode.Parse(File.ReadAllText(measured))!.AsObject(), benches.Select(b => (b.Name, b.Title))));
    Console.WriteLine($"written to {page}");
    return 0;
}
if (only is not null && !benches.Any(b => b.Name == only))
{
    Console.Error.WriteLine($"--only takes {string.Join(", ", benches.Select(b => b.Name))}, not '{only}'");
    return 1;
}
var figures = benches.Where(b => only is null || b.Name == only).ToDictionary(b => b.Name, b => b.Run());
if (figures.Values.All(f => f is null))
    return 1;

if (file is not null)
{
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
    var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true };
    // What was not measured this time stays as it was.
    var all = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? [] : [];
    foreach (var (key, value) in figures)
        if (value is not null)
        {
            var entry = JsonSerializer.SerializeToNode(value, options)!.AsObject();
            entry.Insert(0, "date", DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            entry.Insert(1, "machine", machine);
            all[key] = entry;
        }
    File.WriteAllText(file, all.ToJsonString(options));
    Console.WriteLine($"written to {file}");
}
return 0;
