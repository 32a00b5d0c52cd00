using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Tests.Classification;

/// <summary>A drawn image as the bytes of a PNG file, with what it shows.</summary>
public sealed class Drawing
{
    public byte[] Image { get; set; } = [];

    public string Label { get; set; } = "";
}

/// <summary>The same as pixels.</summary>
public sealed class DrawnImage
{
    [ImageType(Drawings.Size, Drawings.Size)]
    public MLImage Image { get; set; } = null!;

    public string Label { get; set; } = "";
}

/// <summary>The same as a file.</summary>
public sealed class DrawnFile
{
    public string Image { get; set; } = "";

    public string Label { get; set; } = "";
}

/// <summary>What a classifier says, as an object.</summary>
public sealed class Verdict
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}

/// <summary>Small grey images of three kinds in noise: a chessboard, a disc, stripes, each of random brightness, size and place.</summary>
internal static class Drawings
{
    public const int Size = 16;

    public static readonly string[] Kinds = ["chess", "disc", "stripes"];

    /// <summary>Kinds in turn; the same seed gives the same drawings.</summary>
    public static List<Drawing> Make(int count, int seed = 0)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new Drawing { Label = Kinds[i % 3], Image = Png.Encode(Size, Size, 1, Pixels(Kinds[i % 3], random)) })];
    }

    public static IDataView View(MLContext ml, int count, int seed = 0) => ml.Data.LoadFromEnumerable(Make(count, seed));

    /// <returns>(16, 16), grey.</returns>
    public static byte[] Pixels(string kind, Random random)
    {
        var (dark, bright) = (random.Next(20, 80), random.Next(160, 240));
        var (x0, y0, period) = (random.Next(8), random.Next(8), random.Next(2, 4));
        var (cx, cy, r) = (random.Next(6, 10), random.Next(6, 10), random.Next(4, 7));
        var pixels = new byte[Size * Size];
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var on = kind switch
                {
                    "chess" => ((x + x0) / period + (y + y0) / period) % 2 == 0,
                    "disc" => (x - cx) * (x - cx) + (y - cy) * (y - cy) <= r * r,
                    _ => (y + y0) / period % 2 == 0,
                };
                pixels[y * Size + x] = (byte)Math.Clamp((on ? bright : dark) + random.Next(-20, 21), 0, 255);
            }
        }
        return pixels;
    }

    /// <summary>A network and a run small enough for a test: 96 drawings are learned in about 8 epochs.</summary>
    public static CnnOptions Options { get; } = new()
    {
        Architecture = CnnArchitecture.LeNet,
        Channels = ImageChannels.Grey,
        ImageHeight = Size,
        ImageWidth = Size,
        Epochs = 8,
        BatchSize = 16,
        LearningRate = 3e-3,
        Dropout = 0,
        Device = ComputeDevice.Cpu,
        Precision = Precision.Float32,
    };
}
