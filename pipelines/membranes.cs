#:project ../src/Estimators/Fovea.csproj
#:package Spectre.Console

// Finds the membranes between cells with a U-Net (Ronneberger, Fischer and Brox, 2015).
//   dotnet run pipelines/membranes.cs PATH      PATH has image/0.png..29.png and label/0.png..29.png of the ISBI 2012 challenge
//   dotnet run pipelines/membranes.cs           on drawn cells, in under a minute

using System.Diagnostics;
using Fovea;
using Fovea.Native;
using Microsoft.ML;

var drawn = Directory.CreateTempSubdirectory("fovea-membranes-");
try
{
    var isReal = args is [_];
    var path = isReal ? args[0] : Cells.Draw(drawn.FullName, 30, 128);
    var ml = new MLContext(seed: 0);
    Console.WriteLine(LibTorch.IsAvailable ? LibTorch.Describe().ToString() : "LibTorch of the TorchSharp package");

    var all = ml.Vision.Data.FromMaskFolders(Path.Combine(path, "image"), Path.Combine(path, "label"), new MaskClasses("membrane", "cell") { Values = [0, 255] });
    var (train, test) = (ml.Data.TakeRows(all, 24), ml.Data.SkipRows(all, 24));

    var crop = isReal ? 256 : 64;
    var cut = new Augmentation().Crop(crop, crop);
    var options = new SegmentationOptions
    {
        // Two by two pixels at a time: the network sees further for its cost.
        UNet = new UNetOptions { Depth = 3, Width = 48, PatchSize = 2 },
        Channels = ImageChannels.Grey,
        Epochs = isReal ? 400 : 30,
        BatchSize = 4,
        Optimizer = OptimizerKind.AdamW,
        LearningRate = 3e-3,
        WeightDecay = 0.05,
        Schedule = LearningRateSchedule.OneCycle(0.2),
        AverageWeights = 0.99,
        // Dice would push every probability to 0 or 1, and leave no threshold to choose.
        Loss = new PixelCrossEntropy(),
        ProbabilityColumn = "Probability",
        Augmentation = Varied(cut.Elastic(alpha: 300, sigma: 10, fill: EdgeFill.Reflect)),
    };

    var clock = Stopwatch.StartNew();
    using var first = ConsoleProgress.Show(progress => ml.Vision.Segmentation(options with { Progress = progress }).Fit(train));
    var speed = first.History.Epochs.Select(e => e.ImagesPerSecond).Order().ElementAt(first.History.Epochs.Count / 2);

    // Bending teaches what a cell may look like, and blurs how wide a membrane is; that is learned at last from unbent ones.
    var bent = Path.Combine(drawn.FullName, "bent.fovea");
    ml.Vision.Save(first, bent);
    var unbent = options with { InitialWeights = bent, Epochs = isReal ? 60 : 10, LearningRate = 1e-3, Augmentation = Varied(cut) };
    using var model = ConsoleProgress.Show(progress => ml.Vision.Segmentation(unbent with { Progress = progress }).Fit(train));
    Console.WriteLine($"trained in {clock.Elapsed.TotalSeconds:0} s on {model.History.Device} in {model.History.Precision}, {speed:0.0} crops of {crop}x{crop} a second\n");

    var report = Path.Combine(Path.GetTempPath(), "membranes.html");
    using var turned = model.With(TestTimeAugmentation.Square);
    foreach (var (name, predictor) in new[] { ("each image as it is", model), ("mean of the eight turned and mirrored views", turned) })
    {
        // From which probability a pixel is a cell is chosen on the training rows: a gap of one pixel in a membrane joins two cells.
        var trainScores = predictor.Transform(train);
        var threshold = Enumerable.Range(0, 10).Select(i => 0.5 + 0.05 * i).MaxBy(t => Evaluate(trainScores, t).RandFScore);
        Console.WriteLine($"{name}, threshold {threshold:0.00}:");
        Console.WriteLine(Evaluate(predictor.Transform(test), threshold));
        Console.WriteLine($"at threshold 0.5: {Evaluate(predictor.Transform(test), 0.5).ToString().Split('\n')[0]}\n");
        if (predictor == turned)
            ml.Vision.Report(turned, test, new ReportOptions { Title = "Membranes", DataSet = isReal ? "ISBI 2012, the last 6 of 30 sections" : "drawn cells" }, Measured(threshold)).Save(report);
    }
    Console.WriteLine($"report in {report}");
    return 0;

    // Tissue has no up and no left; sections differ in stain, focus and noise.
    static Augmentation Varied(Augmentation place) =>
        place.Flip().Rotate90().GaussianNoise(8).Blur((0.3, 1)).ColorJitter(brightness: 0.3, contrast: 0.3);

    static SegmentationEvaluation Measured(double threshold) => new() { ProbabilityColumn = "Probability", Threshold = threshold, RandScore = true };

    SegmentationMetrics Evaluate(IDataView predicted, double threshold) => ml.Vision.EvaluateSegmentation(predicted, Measured(threshold));
}
finally
{
    drawn.Delete(recursive: true);
}

/// <summary>Pictures of cells: each place belongs to the nearest of some centers, and is membrane where two are almost as near.</summary>
internal static class Cells
{
    public static string Draw(string folder, int count, int size)
    {
        foreach (var part in new[] { "image", "label" })
            Directory.CreateDirectory(Path.Combine(folder, part));
        for (var i = 0; i < count; i++)
        {
            var random = new Random(i);
            var centers = Enumerable.Range(0, 28).Select(_ => (X: random.NextDouble() * size, Y: random.NextDouble() * size, Tone: random.Next(130, 200))).ToArray();
            var (image, label) = (new byte[size * size], new byte[size * size]);
            for (var at = 0; at < image.Length; at++)
            {
                var near = centers.Select(c => (Distance: Math.Sqrt(Math.Pow(at % size - c.X, 2) + Math.Pow(at / size - c.Y, 2)), c.Tone)).OrderBy(c => c.Distance).Take(2).ToArray();
                var isMembrane = near[1].Distance - near[0].Distance < 3;
                label[at] = isMembrane ? (byte)0 : (byte)255;
                image[at] = (byte)Math.Clamp((isMembrane ? 90 : near[0].Tone) + random.Next(-40, 40), 0, 255);
            }
            Write(Path.Combine(folder, "image", $"{i}.pgm"), image, size);
            Write(Path.Combine(folder, "label", $"{i}.pgm"), label, size);
        }
        return folder;
    }

    private static void Write(string path, byte[] pixels, int size) =>
        File.WriteAllBytes(path, [.. System.Text.Encoding.ASCII.GetBytes($"P5\n{size} {size}\n255\n"), .. pixels]);
}
