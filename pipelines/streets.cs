#:project ../src/Estimators/Fovea.csproj
#:package Spectre.Console

// Tells sky, road, cars and eight other classes apart in every pixel of photographs of streets, with a U-Net.
//   dotnet run pipelines/streets.cs PATH      PATH has train.txt, val.txt and test.txt of CamVid (Brostow et al., 2009) in SegNet's version
//   dotnet run pipelines/streets.cs           on drawn streets, in under a minute
// Writes streets-sheet.png (image, truth, prediction, errors) and streets-overlay.png.

using System.Diagnostics;
using Fovea;
using Fovea.Native;
using Microsoft.ML;
using Microsoft.ML.Data;

var drawn = Directory.CreateTempSubdirectory("fovea-streets-");
try
{
    var isReal = args is [_];
    var ml = new MLContext(seed: 0);
    Console.WriteLine(LibTorch.IsAvailable ? LibTorch.Describe().ToString() : "LibTorch of the TorchSharp package");

    var path = isReal ? args[0] : Streets.Draw(drawn.FullName, [("train", 24), ("val", 8), ("test", 8)]);
    IDataView Part(string name) => ml.Vision.Data.FromCamVid(Path.Combine(path, name + ".txt"), classes: isReal ? null : Streets.Classes);
    var (train, validation, test) = (Part("train"), Part("val"), Part("test"));

    var options = new SegmentationOptions
    {
        UNet = isReal ? new UNetOptions { Depth = 4, Width = 16 } : new UNetOptions { Depth = 3, Width = 8 },
        // Half the photographs' size: four times the epochs in the same time. Masks come out in theirs.
        ImageHeight = isReal ? 180 : null,
        ImageWidth = isReal ? 240 : null,
        Epochs = isReal ? 150 : 40,
        BatchSize = isReal ? 3 : 4,
        Optimizer = OptimizerKind.AdamW,
        LearningRate = 3e-3,
        WeightDecay = 0.01,
        Schedule = LearningRateSchedule.OneCycle(0.2),
        // Poles and pedestrians are a hundredth of the pixels: balanced, each counts as much as the road; Dice keeps the large ones whole.
        Loss = new PixelCrossEntropy { Balanced = true } + new DiceLoss(),
        Augmentation = Augmentation.ForSegmentation,
        ValidationSet = validation,
    };

    var clock = Stopwatch.StartNew();
    using var model = ConsoleProgress.Show(progress => ml.Vision.Segmentation(options with { Progress = progress }).Fit(train));
    Console.WriteLine($"trained in {clock.Elapsed.TotalSeconds:0} s on {model.History.Device} in {model.History.Precision}\n");

    var predicted = model.Transform(test);
    Console.WriteLine("test images:");
    Console.WriteLine(ml.Vision.SaveSegmentationSheet(predicted, "streets-sheet.png", new SegmentationSheetOptions { Title = "Streets: test images", Colors = ColorMap.CamVid }));

    var overlay = ml.Vision.Overlay(new OverlayOptions { Colors = ColorMap.CamVid, OutlineWidth = 1 }).Fit(predicted).Transform(predicted);
    using var picture = overlay.GetColumn<MLImage>("Overlay").First();
    picture.Save("streets-overlay.png");
    Console.WriteLine($"\nwrote {Path.GetFullPath("streets-sheet.png")} and streets-overlay.png");
    return 0;
}
finally
{
    drawn.Delete(recursive: true);
}

/// <summary>Pictures of streets: houses with windows, trees and cars on both sides of a road that runs to the horizon.</summary>
internal static class Streets
{
    private const int Width = 128, Height = 96;

    private const byte Sky = 0, Building = 1, Road = 2, Pavement = 3, Tree = 4, Car = 5;

    public static MaskClasses Classes { get; } = new("Sky", "Building", "Road", "Pavement", "Tree", "Car");

    /// <returns>The folder of CamVid's lists.</returns>
    public static string Draw(string folder, (string Name, int Count)[] parts)
    {
        var seed = 0;
        foreach (var (name, count) in parts)
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            var lines = new List<string>();
            for (var i = 0; i < count; i++)
            {
                var (image, mask) = new Street(new Random(seed++)).Paint();
                Write(Path.Combine(folder, name, $"{i:00}.ppm"), "P6", image);
                Write(Path.Combine(folder, name, $"{i:00}.pgm"), "P5", mask);
                lines.Add($"{name}/{i:00}.ppm {name}/{i:00}.pgm");
            }
            File.WriteAllLines(Path.Combine(folder, name + ".txt"), lines);
        }
        return folder;
    }

    private static void Write(string path, string format, byte[] pixels) =>
        File.WriteAllBytes(path, [.. System.Text.Encoding.ASCII.GetBytes($"{format}\n{Width} {Height}\n255\n"), .. pixels]);

    private sealed class Street(Random random)
    {
        private readonly byte[] _image = new byte[Width * Height * 3];
        private readonly byte[] _mask = new byte[Width * Height];
        private readonly double _light = 0.7 + 0.5 * random.NextDouble();

        public (byte[] Image, byte[] Mask) Paint()
        {
            var horizon = random.Next(36, 52);
            Fill(0, 0, Width, Height, Sky, (x, y) => (150 + y, 175 + y, 225));
            for (var x = 0; x < Width;)
                x = House(x, horizon);
            // Road and pavements narrow down to a point on the horizon.
            var (vanishing, half, kerb) = (random.Next(48, 80), random.Next(50, 70), random.Next(18, 30));
            Fill(0, horizon, Width, Height, Pavement, (_, y) => Grey(y % 8 < 1 ? 120 : 150, (y / 8 + 1) % 2 * 6));
            for (var y = horizon; y < Height; y++)
            {
                var share = (double)(y - horizon) / (Height - horizon);
                var middle = vanishing + (Width / 2 - vanishing) * share;
                Fill((int)(middle - half * share), y, (int)(middle + half * share), y + 1, Road, (x, _) => Math.Abs(x - middle) < 1 + 2 * share && (int)(8 / (share + 0.1)) % 3 == 0 ? Grey(215, 0) : Grey(75, 0));
            }
            for (var i = random.Next(2, 5); i > 0; i--)
                PaintTree(i % 2 == 0 ? random.Next(0, 30) : random.Next(98, Width), horizon + random.Next(2, 10));
            for (var i = random.Next(1, 4); i > 0; i--)
                PaintCar(random.Next(vanishing - kerb, vanishing + kerb), random.Next(horizon + 8, Height - 14), horizon);
            for (var i = 0; i < _image.Length; i++)
                _image[i] = (byte)Math.Clamp(_image[i] * _light + random.Next(-14, 15), 0, 255);
            return (_image, _mask);
        }

        private int House(int x, int horizon)
        {
            var (width, top) = (random.Next(18, 40), random.Next(4, 30));
            if (random.Next(5) > 0)
            {
                var (r, g, b) = (random.Next(110, 190), random.Next(80, 130), random.Next(60, 110));
                Fill(x, top, x + width, horizon, Building, (u, v) => (u - x) % 9 is >= 3 and < 7 && (v - top) % 11 is >= 4 and < 9 ? (55, 60, 80) : (r, g, b));
            }
            return x + width;
        }

        private void PaintTree(int x, int foot)
        {
            var radius = random.Next(9, 17);
            Fill(x - 2, foot - 2 * radius, x + 2, foot, Tree, (_, _) => (80, 60, 40));
            Fill(x - radius, foot - 3 * radius, x + radius, foot - radius, Tree, (u, v) =>
                (u - x) * (u - x) + (v - foot + 2 * radius) * (v - foot + 2 * radius) <= radius * radius ? (40 + (u * 7 + v * 3) % 30, 95 + (u * 5 + v * 11) % 40, 35) : null);
        }

        private void PaintCar(int x, int top, int horizon)
        {
            var size = 6 + (top - horizon) / 3;
            var (r, g, b) = (random.Next(256), random.Next(80), random.Next(256));
            Fill(x - size, top, x + size, top + size, Car, (_, v) => v < top + size / 3 ? (40, 50, 60) : (r, g, b));
            Fill(x - size, top + size, x - size / 2, top + size + 3, Car, (_, _) => Grey(20, 0));
            Fill(x + size / 2, top + size, x + size, top + size + 3, Car, (_, _) => Grey(20, 0));
        }

        private static (int, int, int) Grey(int value, int more) => (value + more, value + more, value + more);

        /// <param name="color">Of a pixel; null leaves it.</param>
        private void Fill(int x0, int y0, int x1, int y1, byte kind, Func<int, int, (int R, int G, int B)?> color)
        {
            for (var y = Math.Max(y0, 0); y < Math.Min(y1, Height); y++)
                for (var x = Math.Max(x0, 0); x < Math.Min(x1, Width); x++)
                    if (color(x, y) is var (r, g, b))
                    {
                        _mask[y * Width + x] = kind;
                        (_image[(y * Width + x) * 3], _image[(y * Width + x) * 3 + 1], _image[(y * Width + x) * 3 + 2]) = ((byte)Math.Clamp(r, 0, 255), (byte)Math.Clamp(g, 0, 255), (byte)Math.Clamp(b, 0, 255));
                    }
        }
    }
}
