using Fovea.Tests.Classification;
using Microsoft.ML;

namespace Fovea.Tests.Generation;

/// <summary>Grey pictures in two folders: "large" has white discs that fill most of the picture, "small" discs that fill little of it.</summary>
internal sealed class Discs : IDisposable
{
    private readonly TempFolder _folder = new();

    public Discs(int count, int size = 16, int seed = 0)
    {
        for (var i = 0; i < count; i++)
        {
            var random = new Random(seed * 1000 + i);
            var radius = (i % 2 == 0 ? 0.45 : 0.15) * size + random.NextDouble();
            var pixels = new byte[size * size];
            for (var p = 0; p < pixels.Length; p++)
                pixels[p] = (byte)(Math.Pow(p % size + 0.5 - size / 2.0, 2) + Math.Pow(p / size + 0.5 - size / 2.0, 2) < radius * radius ? 255 : 0);
            _folder.Write($"{(i % 2 == 0 ? "large" : "small")}/{i:0000}.png", Png.Encode(size, size, 1, pixels));
        }
    }

    public IDataView View => new Fovea.Data.VisionData().FromFolder(_folder.Path);

    public void Dispose() => _folder.Dispose();
}
