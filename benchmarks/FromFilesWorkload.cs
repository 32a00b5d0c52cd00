using Microsoft.ML.Data;

namespace Fovea.Benchmarks;

/// <summary>Small PNG files in a folder for each class, as CIFAR-10 looks when it is unpacked: gratings of a direction and a color for each class, and noise.</summary>
internal static class FromFilesWorkload
{
    public const int Images = 3_840, Batch = 64, Size = 32, Classes = 10;

    /// <param name="folder">Gets the folders.</param>
    public static void Write(string folder)
    {
        var random = new Random(0);
        for (var i = 0; i < Images; i++)
        {
            var label = i % Classes;
            var path = Directory.CreateDirectory(Path.Combine(folder, $"class{label}")).FullName;
            using var image = MLImage.CreateFromPixels(Size, Size, MLPixelFormat.Bgra32, Pixels(label, random));
            image.Save(Path.Combine(path, $"{i:00000}.png"));
        }
    }

    private static byte[] Pixels(int label, Random random)
    {
        var pixels = new byte[4 * Size * Size];
        var (sine, cosine) = Math.SinCos(Math.PI * label / Classes);
        var (phase, frequency) = (random.NextDouble() * 2 * Math.PI, 0.4 + (0.4 * random.NextDouble()));
        for (var y = 0; y < Size; y++)
            for (var x = 0; x < Size; x++)
            {
                var wave = 50 * Math.Sin((frequency * ((x * cosine) + (y * sine))) + phase);
                for (var channel = 0; channel < 3; channel++)
                    pixels[(4 * ((y * Size) + x)) + channel] = (byte)(128 + (wave * (channel == label % 3 ? 1 : 0.5)) + random.Next(-24, 25));
                pixels[(4 * ((y * Size) + x)) + 3] = 255;
            }
        return pixels;
    }
}
