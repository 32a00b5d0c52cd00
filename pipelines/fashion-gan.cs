#:project ../src/Estimators/Fovea.csproj
#:package Spectre.Console

// A DCGAN that draws clothes, learned from Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017), and how good its drawings are: by the features
// of a classifier that is trained here on the same pictures.
//   dotnet run pipelines/fashion-gan.cs [PATH [EPOCHS [SEED [SAMPLES]]]]
// PATH has train-images-idx3-ubyte.gz and the three other files of the set; without it the pictures are discs, squares and triangles
// made on the spot, and it takes less than a minute. SAMPLES is an IDX file of other generated images to measure beside, as
// benchmarks/peers/dcgan.py writes it. A grid of drawings after each epoch, and of interpolations at the end, is written to the
// folder fashion-gan of the temporary files.

using System.Diagnostics;
using System.Globalization;
using Fovea;
using Fovea.Native;
using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext(seed: 0);
ml.Log += (_, e) => { if (e.Source.Contains("GanTrainer") && e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning) Console.WriteLine(e.Message); };
Console.WriteLine(LibTorch.IsAvailable ? LibTorch.Describe().ToString() : "LibTorch of the TorchSharp package");

var isFashion = args.Length > 0;
var epochs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 15;
var seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
string[] classes = isFashion ? ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"] : ["disc", "square", "triangle"];
var (train, test) = isFashion
    ? (Idx("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"), Idx("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"))
    : Keyed(Shapes(1500, seed: 1), Shapes(500, seed: 2));
var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "fashion-gan")).FullName;

// The yardstick first: what it is called with all figures below.
var clock = Stopwatch.StartNew();
using var classifier = ml.Vision.Cnn(new CnnOptions
{
    Architecture = CnnArchitecture.Cifar,
    Channels = ImageChannels.Grey,
    ImageHeight = 28,
    ImageWidth = 28,
    Epochs = isFashion ? 6 : 3,
    BatchSize = isFashion ? 128 : 32,
    Optimizer = OptimizerKind.AdamW,
    LearningRate = 3e-3,
    WeightDecay = 0.01,
    Dropout = 0.25,
    Schedule = LearningRateSchedule.OneCycle(0.25),
}).Fit(train);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"features: a classifier trained in {clock.Elapsed.TotalSeconds:0} s, test accuracy {ml.MulticlassClassification.Evaluate(classifier.Transform(test)).MicroAccuracy:P2}\n"));

var options = new GanOptions
{
    Channels = ImageChannels.Grey,
    ImageHeight = 28,
    ImageWidth = 28,
    Width = isFashion ? 32 : 16,
    BatchSize = isFashion ? 128 : 32,
    Epochs = epochs,
    Seed = seed,
    // Of the last hundred steps. With 0.999 the average lags behind what six epochs learn: Fréchet distance 72.4 instead of 67.7 (means of seeds 1 and 2).
    AverageWeights = 0.99,
    SampleFolder = folder,
};
clock.Restart();
using var model = ConsoleProgress.Show(progress => ml.Vision.Gan(options with { Progress = progress }).Fit(train));
var seconds = clock.Elapsed.TotalSeconds;
var rate = model.History.Epochs.Average(e => e.ImagesPerSecond);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trained {model.History.Epochs.Count} epochs in {seconds:0} s on {model.History.Device} in {model.History.Precision}, seed {seed}, {rate:0} images/s"));
foreach (var epoch in model.History.Epochs)
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  epoch {epoch.Epoch,2}: {string.Join("  ", epoch.Training.Skip(1).Select(m => $"{m.Key} {m.Value:0.000}"))}"));

var file = Path.Combine(folder, "fashion-gan.fovea");
ml.Vision.Save(model, file);
using var loaded = (GanTransformer)ml.Vision.Load(file);
loaded.SaveSamples(Path.Combine(folder, "samples.png"));

var count = isFashion ? 10_000 : 500;
var generated = ml.Vision.EvaluateGeneration(loaded.Generate(count, seed: 100 + seed), test, features: classifier);
Tell("generated", generated);
ml.Vision.Report(loaded, generated, new ReportOptions { Title = "Fashion GAN", DataSet = isFashion ? "Fashion-MNIST" : "drawn shapes" }).Save(Path.ChangeExtension(file, ".html"));
if (args.Length > 3)
    Tell(args[3], ml.Vision.EvaluateGeneration(ml.Vision.Data.FromIdx(args[3], args[3].Replace("images-idx3", "labels-idx1")), test, features: classifier, new() { GeneratedColumn = "Image" }));
Tell("training images, as many", ml.Vision.EvaluateGeneration(ml.Data.TakeRows(train, count), test, features: classifier, new() { GeneratedColumn = "Image" }));
Console.WriteLine($"\nmodel, report, and a grid for each epoch: {folder}");
return 0;

IDataView Idx(string images, string labels) => ml.Vision.Data.FromIdx(Path.Combine(args[0], images), Path.Combine(args[0], labels), classes);

static void Tell(string what, GenerationMetrics metrics)
{
    Console.WriteLine($"\n{what}: {metrics}");
    Console.WriteLine("  " + string.Join(", ", metrics.ClassNames.Zip(metrics.ClassCounts, (name, n) => string.Create(CultureInfo.InvariantCulture, $"{name} {(double)n / metrics.GeneratedImages:P1}")))
        + $"; {metrics.CoveredClasses()} of {metrics.ClassNames.Count} classes have at least 3 %");
}

(IDataView, IDataView) Keyed(IDataView train, IDataView test)
{
    var keys = ml.Transforms.Conversion.MapValueToKey("Label").Fit(train);
    return (keys.Transform(train), keys.Transform(test));
}

// White shapes of any size and place on black.
IDataView Shapes(int count, int seed)
{
    var random = new Random(seed);
    var rows = new List<Shape>();
    for (var i = 0; i < count; i++)
    {
        var (kind, radius) = (i % 3, 5 + 4 * random.NextDouble());
        var (x0, y0) = (14 + 4 * (random.NextDouble() - 0.5), 14 + 4 * (random.NextDouble() - 0.5));
        var pixels = new byte[28 * 28 * 4];
        for (var p = 0; p < 28 * 28; p++)
        {
            var (x, y) = (p % 28 + 0.5 - x0, p / 28 + 0.5 - y0);
            // The distance to the edge in pixels, inside positive, makes the edge smooth.
            var inside = kind switch
            {
                0 => radius - Math.Sqrt(x * x + y * y),
                1 => 0.85 * radius - Math.Max(Math.Abs(x), Math.Abs(y)),
                _ => Math.Min(0.7 * radius - y, 0.45 * (y + 0.9 * radius) - 0.9 * Math.Abs(x)),
            };
            pixels.AsSpan(p * 4, 3).Fill((byte)(255 * Math.Clamp(inside + 0.5, 0, 1)));
            pixels[p * 4 + 3] = 255;
        }
        rows.Add(new Shape { Image = MLImage.CreateFromPixels(28, 28, MLPixelFormat.Rgba32, pixels), Label = classes[kind] });
    }
    return ml.Data.LoadFromEnumerable(rows);
}

internal sealed class Shape
{
    [Microsoft.ML.Transforms.Image.ImageType(28, 28)]
    public MLImage Image { get; set; } = null!;

    public string Label { get; set; } = "";
}
