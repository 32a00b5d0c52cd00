#:project ../src/Estimators/Fovea.csproj
#:package Spectre.Console

// Variational autoencoders on handwritten digits: what digits are made of, and new ones (Kingma and Welling, 2014).
//   dotnet run pipelines/digits-vae.cs PATH      PATH has train-images-idx3-ubyte.gz and the three other files of MNIST
//   dotnet run pipelines/digits-vae.cs           on drawn shapes, in under a minute
// Sheets and a report of each are written to the folder digits-vae of the current one.

using System.Diagnostics;
using Fovea;
using Fovea.Native;
using Microsoft.ML;
using Microsoft.ML.Data;

var drawn = Directory.CreateTempSubdirectory("fovea-digits-");
try
{
    var isReal = args is [_];
    var ml = new MLContext(seed: 0);
    Console.WriteLine(LibTorch.IsAvailable ? LibTorch.Describe().ToString() : "LibTorch of the TorchSharp package");
    var path = isReal ? args[0] : Shapes.Draw(drawn.FullName, 1200, 200);
    var train = ml.Vision.Data.FromIdx(Path.Combine(path, "train-images-idx3-ubyte.gz"), Path.Combine(path, "train-labels-idx1-ubyte.gz"));
    var test = ml.Vision.Data.FromIdx(Path.Combine(path, "t10k-images-idx3-ubyte.gz"), Path.Combine(path, "t10k-labels-idx1-ubyte.gz"));

    // The network and training of PyTorch's VAE example.
    var dense = new AutoencoderOptions
    {
        Kind = AutoencoderKind.Variational,
        Architecture = AutoencoderArchitecture.Dense,
        HiddenWidths = [400],
        LatentSize = 20,
        Channels = ImageChannels.Grey,
        Epochs = isReal ? 10 : 20,
        BatchSize = isReal ? 128 : 32,
        LearningRate = 1e-3,
    };
    var convolutional = dense with
    {
        Architecture = AutoencoderArchitecture.Convolutional,
        HiddenWidths = [256],
        Epochs = isReal ? 20 : 10,
        Optimizer = OptimizerKind.AdamW,
        LearningRate = 3e-3,
        Schedule = LearningRateSchedule.OneCycle(0.1),
    };
    // Two numbers can be laid out as a map.
    var plane = convolutional with { LatentSize = 2, Epochs = isReal ? 8 : 10 };

    var sheets = Directory.CreateDirectory("digits-vae").FullName;
    string Sheet(string name) => Path.Combine(sheets, $"{name}.png");
    foreach (var (name, options) in new[] { ("dense", dense), ("convolutional", convolutional), ("plane", plane) })
    {
        var clock = Stopwatch.StartNew();
        using var model = ConsoleProgress.Show(progress => ml.Vision.Autoencoder(options with { Progress = progress }).Fit(train));
        var speed = model.History.Epochs.Select(e => e.ImagesPerSecond).Order().ElementAt(model.History.Epochs.Count / 2);
        Console.WriteLine($"{name}: trained in {clock.Elapsed.TotalSeconds:0} s on {model.History.Device} in {model.History.Precision}, {speed:0} images a second");
        var sheet = new ReconstructionSheetOptions { Title = $"Reconstructions, {name}", Evaluation = new AutoencoderEvaluation { Channels = ImageChannels.Grey } };
        Console.WriteLine($"{ml.Vision.SaveReconstructionSheet(model.Transform(test), Sheet($"{name}-reconstructions"), sheet)}\n");
        model.SaveSampleSheet(Sheet($"{name}-samples"), 100);
        ml.Vision.Report(model, test, new ReportOptions { Title = $"Digits, {name}", DataSet = isReal ? "MNIST, test" : "drawn shapes", Pictures = 24 }).Save(Path.Combine(sheets, $"{name}.html"));
        if (options.LatentSize == 2)
            model.SaveLatentPlane(Sheet($"{name}-map"));
        if (name != "convolutional")
            continue;

        // A tighter bound on the likelihood, of a part of the images: each costs 100 passes of the decoder.
        using var weighted = model.With(importanceSamples: 100);
        Console.WriteLine($"{ml.Vision.EvaluateAutoencoder(weighted.Transform(ml.Data.TakeRows(test, isReal ? 500 : 50)), sheet.Evaluation)}\n");
        // A view disposes each image when the next is asked for.
        var images = test.GetColumn<MLImage>("Image").Take(12).Select(i => MLImage.CreateFromPixels(i.Width, i.Height, i.PixelFormat, i.Pixels)).ToList();
        model.SaveInterpolationSheet(Sheet($"{name}-interpolation"), [.. images.Chunk(2).Select(pair => (pair[0], pair[1]))], steps: 11);
        images.ForEach(image => image.Dispose());
    }
    Console.WriteLine($"sheets and reports in {sheets}");
    return 0;
}
finally
{
    drawn.Delete(recursive: true);
}

/// <summary>Discs, rings, squares and crosses of any size and place, in MNIST's files.</summary>
internal static class Shapes
{
    private const int Side = 28;

    public static string Draw(string folder, int train, int test)
    {
        Write(folder, "train", train, seed: 0);
        Write(folder, "t10k", test, seed: 1);
        return folder;
    }

    private static void Write(string folder, string name, int count, int seed)
    {
        var random = new Random(seed);
        var (images, labels) = (new byte[16 + count * Side * Side], new byte[8 + count]);
        Header(images, 0x803, count, Side, Side);
        Header(labels, 0x801, count);
        for (var i = 0; i < count; i++)
        {
            var kind = random.Next(4);
            labels[8 + i] = (byte)kind;
            var (r, cy, cx) = (random.Next(5, 10), random.Next(11, 17), random.Next(11, 17));
            for (var at = 0; at < Side * Side; at++)
            {
                double y = at / Side - cy, x = at % Side - cx;
                var (round, square) = (Math.Sqrt(x * x + y * y), Math.Max(Math.Abs(x), Math.Abs(y)));
                var inside = kind switch
                {
                    0 => r - round,
                    1 => 2 - Math.Abs(round - r + 2),
                    2 => r - square,
                    _ => Math.Min(r - square, 2 - Math.Min(Math.Abs(x), Math.Abs(y))),
                };
                images[16 + i * Side * Side + at] = (byte)(255 * Math.Clamp(inside + 0.5, 0, 1));
            }
        }
        Pack(Path.Combine(folder, $"{name}-images-idx3-ubyte.gz"), images);
        Pack(Path.Combine(folder, $"{name}-labels-idx1-ubyte.gz"), labels);
    }

    private static void Header(byte[] file, params int[] numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 * i), numbers[i]);
    }

    private static void Pack(string path, byte[] content)
    {
        using var zip = new System.IO.Compression.GZipStream(File.Create(path), System.IO.Compression.CompressionLevel.Fastest);
        zip.Write(content);
    }
}
