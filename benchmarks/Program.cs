// Speed and memory next to PyTorch on the same machine: both sides in one run, alternating, medians.
//   dotnet run --project benchmarks [-- [FILE] [--only NAME]]      writes the figures to FILE as JSON
// The images of the loader, the membranes, the VAE and the DCGAN are those of the folder FOVEA_SHARED, or of ../shared beside the repository.

using System.Globalization;
using System.Reflection;
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
        case ("detection", [var folder, var precision, var batch]): DetectionSide.ServeNetwork(folder, Enum.Parse<Precision>(precision, ignoreCase: true), int.Parse(batch, CultureInfo.InvariantCulture)); break;
        case ("suppression", [var folder]): DetectionSide.ServeSuppression(folder); break;
        case ("prediction", [var folder, var batch, var precision]): PredictionSide.Serve(folder, int.Parse(batch, CultureInfo.InvariantCulture), Enum.Parse<Precision>(precision)); break;
        case ("first", [var folder]): PredictionSide.First(folder); break;
        case ("optimizer", [var kind]): OptimizerSide.ServeSteps(Enum.Parse<OptimizerKind>(kind)); break;
        case ("memory", []): OptimizerSide.ServeMemory(); break;
        case ("fromfiles", [var folder, var cache]): FromFilesSide.Serve(folder, long.Parse(cache, CultureInfo.InvariantCulture)); break;
        case ("evaluation", [var work, var folder]): EvaluationSide.Serve(work, folder); break;
        case ("smallops", [var operation]): SmallOpsSide.Serve(operation); break;
        case ("undisposed", [var loop, var scoped]): UndisposedSide.Serve(loop, bool.Parse(scoped)); break;
        case (var name, [var folder, var cache]): LoaderSide.Serve(LoaderWorkload.Of(name), folder, long.Parse(cache, CultureInfo.InvariantCulture)); break;
    }
    return 0;
}

var root = typeof(Workload).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "FoveaRoot").Value!;
var shared = Environment.GetEnvironmentVariable("FOVEA_SHARED") ?? Path.GetFullPath(Path.Combine(root, "..", "shared"));
var machine = LibTorch.IsAvailable ? LibTorch.Describe().ToString() : "LibTorch of the TorchSharp package";
Console.WriteLine(machine);

var benches = new Dictionary<string, Func<object?>>
{
    ["training"] = () => StepBench.Run(StepBench.Networks, root, shared),
    ["prediction"] = () => PredictionBench.Run(root),
    ["optimizer"] = () => OptimizerBench.Run(root),
    ["loader"] = () => LoaderBench.Run(root, Directory.Exists(shared) ? shared : null),
    ["membranes"] = () => StepBench.Run([StepBench.Membranes], root, shared),
    ["detection"] = () => DetectionBench.Run(root),
    ["fromfiles"] = () => FromFilesBench.Run(root),
    ["smallops"] = () => SmallOpsBench.Run(root),
    ["undisposed"] = UndisposedBench.Run,
    ["evaluation"] = () => EvaluationBench.Run(root),
    ["vae"] = () => StepBench.Run([StepBench.Vae], root, shared),
    ["dcgan"] = () => StepBench.Run([StepBench.Dcgan], root, shared),
};
var only = Array.IndexOf(args, "--only") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
var file = args is [var first, ..] && first != "--only" ? first : null;
if (only is not null && !benches.ContainsKey(only))
{
    Console.Error.WriteLine($"--only takes {string.Join(", ", benches.Keys)}, not '{only}'");
    return 1;
}
var figures = benches.Where(b => only is null || b.Key == only).ToDictionary(b => b.Key, b => b.Value());
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
