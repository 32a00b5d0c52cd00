using Fovea.Tests.Classification;
using Microsoft.ML;

namespace Fovea.Tests.Autoencoding;

/// <summary>Pictures of a bright disc or square on black, in a folder for each.</summary>
internal sealed class Blobs : IDisposable
{
    private readonly TempFolder _folder = new();

    public Blobs(int count, int height = 16, int width = 16, int channels = 1, int seed = 0)
    {
        for (var i = 0; i < count; i++)
            _folder.Write($"{(i % 2 == 0 ? "disc" : "square")}/{i:000}.png", Png.Encode(width, height, channels, Paint(i % 2, height, width, channels, new Random(seed * 1000 + i))));
    }

    public IDataView View => new Fovea.Data.VisionData().FromFolder(_folder.Path);

    public string File(string name) => _folder.File(name);

    public void Write(string name, byte[] content) => _folder.Write(name, content);

    public void Dispose() => _folder.Dispose();

    public static byte[] Paint(int kind, int height, int width, int channels, Random random)
    {
        var (r, cy, cx) = (random.Next(2, 5), random.Next(5, height - 5), random.Next(5, width - 5));
        var pixels = new byte[height * width * channels];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (y, x, c) = (i / channels / width - cy, i / channels % width - cx, i % channels);
            if (kind == 0 ? y * y + x * x <= r * r : Math.Abs(y) <= r && Math.Abs(x) <= r)
                pixels[i] = (byte)(255 - 60 * c);
        }
        return pixels;
    }
}
