using System.Globalization;
using System.Text;

namespace Fovea.Tests;

/// <summary>Grey images of one bright square each on dark noise, with masks and boxes of it.</summary>
internal static class DrawnSquares
{
    private const int Side = 64;

    /// <summary>Folders images and masks.</summary>
    public static string Masks(Func<string, string> file, int count)
    {
        foreach (var (i, x, y, size) in Squares(count))
        {
            Write(file($"squares/images/{i:00}.pgm"), x, y, size, dark: 40, bright: 220);
            Write(file($"squares/masks/{i:00}.pgm"), x, y, size, dark: 0, bright: 255, noise: 0);
        }
        return Path.GetDirectoryName(Path.GetDirectoryName(file("squares/images/x")))!;
    }

    /// <summary>YOLO's layout.</summary>
    public static string Boxes(Func<string, string> file, int count)
    {
        foreach (var (i, x, y, size) in Squares(count))
        {
            Write(file($"boxes/images/train/{i:00}.pgm"), x, y, size, dark: 40, bright: 220);
            File.WriteAllText(file($"boxes/labels/train/{i:00}.txt"),
                string.Create(CultureInfo.InvariantCulture, $"0 {(x + size / 2.0) / Side} {(y + size / 2.0) / Side} {(double)size / Side} {(double)size / Side}\n"));
        }
        File.WriteAllText(file("boxes/data.yaml"), "train: images/train\nval: images/train\nnames: [square]\n");
        return Path.GetDirectoryName(file("boxes/data.yaml"))!;
    }

    private static IEnumerable<(int I, int X, int Y, int Size)> Squares(int count)
    {
        var random = new Random(3);
        for (var i = 0; i < count; i++)
        {
            var size = random.Next(16, 32);
            yield return (i, random.Next(Side - size), random.Next(Side - size), size);
        }
    }

    private static void Write(string path, int x, int y, int size, byte dark, byte bright, int noise = 20)
    {
        var random = new Random(x + (Side * y));
        var pixels = new byte[Side * Side];
        for (var at = 0; at < pixels.Length; at++)
            pixels[at] = (byte)((at % Side >= x && at % Side < x + size && at / Side >= y && at / Side < y + size ? bright : dark) + random.Next(noise + 1));
        File.WriteAllBytes(path, [.. Encoding.ASCII.GetBytes($"P5\n{Side} {Side}\n255\n"), .. pixels]);
    }
}
