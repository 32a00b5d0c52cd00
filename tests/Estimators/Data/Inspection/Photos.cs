using Fovea.Tests.Classification;

namespace Fovea.Tests.Data;

/// <summary>Images that look like nothing else: sums of random waves, as photographs have more of the low frequencies.</summary>
internal static class Photos
{
    public const int Width = 160;
    public const int Height = 120;

    /// <summary>(H, W, 3).</summary>
    /// <param name="seed">Another seed, another picture.</param>
    /// <param name="width">W; the same picture in another size.</param>
    /// <param name="height">H.</param>
    /// <param name="brighter">Levels added.</param>
    public static byte[] Rgb(int seed, int width = Width, int height = Height, double brighter = 0)
    {
        var random = new Random(seed);
        var waves = Enumerable.Range(0, 24).Select(_ => (X: random.Next(-9, 10), Y: random.Next(-9, 10), Phase: random.NextDouble() * 6.28, Red: random.NextDouble(), Green: random.NextDouble(), Blue: random.NextDouble())).ToArray();
        var pixels = new byte[height * width * 3];
        var sums = new double[pixels.Length];
        foreach (var w in waves)
        {
            // cos(a + b) = cos a cos b - sin a sin b: a cosine a row and a column instead of one a pixel.
            var scale = 60 / (1 + Math.Sqrt(w.X * w.X + w.Y * w.Y));
            var across = Enumerable.Range(0, width).Select(x => Math.SinCos(Math.PI * w.X * (x + 0.5) / width)).ToArray();
            for (var y = 0; y < height; y++)
            {
                var (sin, cos) = Math.SinCos(Math.PI * w.Y * (y + 0.5) / height + w.Phase);
                for (var x = 0; x < width; x++)
                {
                    var value = scale * (across[x].Cos * cos - across[x].Sin * sin);
                    var at = (y * width + x) * 3;
                    (sums[at], sums[at + 1], sums[at + 2]) = (sums[at] + value * w.Red, sums[at + 1] + value * w.Green, sums[at + 2] + value * w.Blue);
                }
            }
        }
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)Math.Clamp(120 + sums[i] + brighter, 0, 255);
        return pixels;
    }

    public static byte[] File(int seed, int width = Width, int height = Height, double brighter = 0) =>
        Png.Encode(width, height, 3, Rgb(seed, width, height, brighter));

    /// <summary>The same pixels in another file.</summary>
    public static byte[] Ppm(int seed) => [.. System.Text.Encoding.ASCII.GetBytes($"P6 {Width} {Height} 255\n"), .. Rgb(seed)];
}
