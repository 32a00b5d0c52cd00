#:project ../src/Estimators/Fovea.csproj
#:package Spectre.Console

// Finds red and white blood cells and platelets with a YOLO, or with a Faster R-CNN.
//   dotnet run pipelines/cells.cs PATH [SEED] [faster]      PATH has JPEGImages, Annotations and ImageSets/Main of the BCCD set (github.com/Shenggan/BCCD_Dataset, MIT)
//   dotnet run pipelines/cells.cs                           on drawn shapes, in under three minutes

using System.Diagnostics;
using Fovea;
using Fovea.Native;
using Microsoft.ML;

var drawn = Directory.CreateTempSubdirectory("fovea-cells-");
try
{
    var isReal = args.Length > 0;
    var isFaster = args.Length > 2 && args[2] == "faster";
    var path = isReal ? args[0] : Shapes.Draw(drawn.FullName);
    var ml = new MLContext(seed: 0);
    Console.WriteLine(LibTorch.IsAvailable ? LibTorch.Describe().ToString() : "LibTorch of the TorchSharp package");

    var (train, test) = (ml.Vision.Data.FromVoc(path, "train"), ml.Vision.Data.FromVoc(path, "test"));
    var options = new DetectionOptions
    {
        Architecture = isFaster ? DetectionArchitecture.FasterRcnnResNet18 : DetectionArchitecture.Yolo,
        Yolo = new YoloOptions { Width = isReal ? 64 : 32 },
        FasterRcnn = FasterRcnnOptions.Small,
        // Cells of 640 x 480 pictures at 0.45 of their size: the smallest, platelets, are some 18 pixels wide.
        ImageHeight = isReal ? 224 : 160,
        ImageWidth = isReal ? 288 : 160,
        Epochs = isFaster ? 16 : isReal ? 40 : 30,
        BatchSize = isFaster ? 4 : 8,
        Optimizer = OptimizerKind.AdamW,
        LearningRate = isFaster ? 5e-4 : 2e-3,
        WeightDecay = 0.02,
        ClipGradientNorm = 10,
        Schedule = LearningRateSchedule.OneCycle(0.15),
        Seed = args.Length > 1 ? int.Parse(args[1]) : 0,
        // Blood under a microscope has no up and no left; of a cell at the edge a third must be seen to be counted.
        Augmentation = new Augmentation().Flip().VerticalFlip().Affine(scale: (0.7, 1.4), translate: 0.1, fill: EdgeFill.Reflect)
            .ColorJitter(brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.02).KeepBoxes(0.3),
        // Low, since average precision is measured over all scores.
        ScoreThreshold = 0.01,
    };

    var clock = Stopwatch.StartNew();
    using var model = ConsoleProgress.Show(progress => ml.Vision.Detection(options with { Progress = progress }).Fit(train));
    var speed = model.History.Epochs.Select(e => e.ImagesPerSecond).Order().ElementAt(model.History.Epochs.Count / 2);
    Console.WriteLine($"trained in {clock.Elapsed.TotalSeconds:0} s on {model.History.Device} in {model.History.Precision}, {speed:0} images a second\n");

    clock.Restart();
    var metrics = ml.Vision.EvaluateDetection(model.Transform(test));
    Console.WriteLine($"{metrics}\nfound in {metrics.Images} images in {clock.Elapsed.TotalSeconds:0.0} s");
    var report = Path.Combine(Path.GetTempPath(), "cells.html");
    ml.Vision.Report(model, test, new ReportOptions { Title = isReal ? "Blood cells" : "Drawn shapes", DataSet = isReal ? "BCCD, test" : null }).Save(report);
    Console.WriteLine($"report in {report}");
    return 0;
}
finally
{
    drawn.Delete(recursive: true);
}

/// <summary>Pictures of discs, squares, triangles and crosses of any color on a wavy ground, some over others, in the layout of a VOC set.</summary>
internal static class Shapes
{
    private const int Side = 160;
    private static readonly string[] _names = ["cross", "disc", "square", "triangle"];

    public static string Draw(string folder)
    {
        foreach (var part in new[] { "JPEGImages", "Annotations", "ImageSets/Main" })
            Directory.CreateDirectory(Path.Combine(folder, part));
        var all = Enumerable.Range(0, 400).Select(i => $"{i:000}").ToList();
        foreach (var name in all)
            Write(folder, name, new Random(int.Parse(name)));
        File.WriteAllLines(Path.Combine(folder, "ImageSets/Main/train.txt"), all.Take(320));
        File.WriteAllLines(Path.Combine(folder, "ImageSets/Main/test.txt"), all.Skip(320));
        return folder;
    }

    private static void Write(string folder, string name, Random random)
    {
        var pixels = Ground(random);
        var owner = new int[Side * Side];                        // the shape that each pixel shows, from 1; 0 is the ground
        var (whole, seen) = (new List<int>(), new List<int>());  // pixels of each shape, and those that others left
        var objects = "";
        for (var i = random.Next(3, 10); i > 0; i--)
        {
            var (kind, r) = (random.Next(4), random.Next(7, 25));
            var (cx, cy) = (random.Next(r, Side - r), random.Next(r, Side - r));
            var covered = Enumerable.Range(0, owner.Length).Where(at => IsIn(kind, at % Side + 0.5 - cx, at / Side + 0.5 - cy, r)).ToList();
            var hidden = covered.Where(at => owner[at] > 0).CountBy(at => owner[at] - 1).ToList();
            // Of a shape that others lie over, three quarters stay to be seen.
            if (hidden.Any(h => seen[h.Key] - h.Value < 0.75 * whole[h.Key]))
                continue;
            foreach (var (shape, count) in hidden)
                seen[shape] -= count;
            whole.Add(covered.Count);
            seen.Add(covered.Count);
            int[] color = [random.Next(256), random.Next(256), random.Next(256)];
            // A color near the ground's would hide the shape.
            color[random.Next(3)] = random.Next(2) * 225;
            foreach (var at in covered)
            {
                owner[at] = whole.Count;
                for (var c = 0; c < 3; c++)
                    pixels[at * 3 + c] = (byte)Math.Clamp(color[c] + random.Next(-15, 15), 0, 255);
            }
            objects += $"<object><name>{_names[kind]}</name><bndbox><xmin>{cx - r}</xmin><ymin>{cy - r}</ymin><xmax>{cx + r}</xmax><ymax>{cy + r}</ymax></bndbox></object>";
        }
        File.WriteAllBytes(Path.Combine(folder, "JPEGImages", $"{name}.ppm"), [.. System.Text.Encoding.ASCII.GetBytes($"P6 {Side} {Side} 255\n"), .. pixels]);
        File.WriteAllText(Path.Combine(folder, "Annotations", $"{name}.xml"),
            $"<annotation><filename>{name}.ppm</filename><size><width>{Side}</width><height>{Side}</height><depth>3</depth></size>{objects}</annotation>");
    }

    /// <summary>Whether a place, from the shape's middle, is in it; each fills its box of 2r x 2r.</summary>
    private static bool IsIn(int kind, double x, double y, int r) => Math.Abs(x) <= r && Math.Abs(y) <= r && kind switch
    {
        0 => Math.Min(Math.Abs(x), Math.Abs(y)) <= r / 3.0,
        1 => x * x + y * y <= r * r,
        2 => true,
        _ => Math.Abs(x) <= (y + r) / 2,
    };

    /// <summary>Three waves of random direction and some noise, grey of middle brightness.</summary>
    private static byte[] Ground(Random random)
    {
        var waves = Enumerable.Range(0, 3).Select(_ => (X: random.NextDouble() - 0.5, Y: random.NextDouble() - 0.5, Begin: random.NextDouble() * 6)).ToArray();
        var pixels = new byte[Side * Side * 3];
        for (var at = 0; at < Side * Side; at++)
        {
            var height = waves.Sum(w => Math.Sin(w.X * (at % Side) + w.Y * (at / Side) + w.Begin));
            for (var c = 0; c < 3; c++)
                pixels[at * 3 + c] = (byte)(128 + 12 * height + random.Next(-20, 20));
        }
        return pixels;
    }
}
