// Training speed next to PyTorch on the same machine: both sides in one run, alternating, medians.
//   dotnet run --project benchmarks [-- FILE]      writes the figures to FILE as JSON

using System.Reflection;
using System.Text.Json;
using Fovea;
using Fovea.Benchmarks;
using Fovea.Native;
using Spectre.Console;

const int Rounds = 9;
Workload[] works =
[
    new(CnnArchitecture.Letters, Batch: 64, Channels: 1, Size: 32, Classes: 26, Steps: 60),
    new(CnnArchitecture.Cifar, Batch: 64, Channels: 3, Size: 32, Classes: 10, Steps: 30),
    new(CnnArchitecture.ResNet18, Batch: 16, Channels: 3, Size: 128, Classes: 1000, Steps: 5),
];

var root = typeof(Workload).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "FoveaRoot").Value!;
var machine = LibTorch.IsAvailable ? LibTorch.Describe().ToString() : "LibTorch of the TorchSharp package";
Console.WriteLine(machine);

var table = new Table { Border = TableBorder.Simple };
table.AddColumns("images/s, training, float32", "Fovea", "PyTorch", "ratio");
var results = new List<object>();
var peerName = "";
foreach (var work in works)
{
    using var ours = new FoveaSide(work, Precision.Float32);
    using var peer = PyTorchPeer.Start(Path.Combine(root, "benchmarks", "peers", "train.py"), work, out var why);
    if (peer is null)
    {
        Console.Error.WriteLine(why);
        return 1;
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
    table.AddRow(work.ToString(), $"{a.Median:#,0} ({a.Lowest:#,0}–{a.Highest:#,0})", $"{b.Median:#,0} ({b.Lowest:#,0}–{b.Highest:#,0})", $"{ratio.Median:0.00} ({ratio.Lowest:0.00}–{ratio.Highest:0.00})");
    results.Add(new { work = work.ToString(), unit = "images/s", rounds = Rounds, fovea = a, pytorch = b, ratio });
}
AnsiConsole.Write(table);
Console.WriteLine($"{Rounds} alternating rounds, medians (lowest–highest); the ratio is that of neighbouring rounds. Peer: {peerName}.");

if (args is [var file])
{
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
    File.WriteAllText(file, JsonSerializer.Serialize(new { date = DateTime.UtcNow.ToString("yyyy-MM-dd"), machine, peer = peerName, results }, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
    Console.WriteLine($"written to {file}");
}
return 0;
