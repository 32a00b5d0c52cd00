using Fovea.Tests.Classification;
using Microsoft.ML;

namespace Fovea.Tests.Segmentation;

/// <summary>Grey pictures of bright discs and squares on noise, with their masks, in two folders.</summary>
internal sealed class Scenes : IDisposable
{
    public static readonly MaskClasses Classes = new("ground", "disc", "square") { IgnoreIndex = 255 };

    private readonly TempFolder _folder = new();

    public Scenes(int count, int height = 32, int width = 32, int seed = 0)
    {
        for (var i = 0; i < count; i++)
        {
            var (image, mask) = Paint(height, width, new Random(seed * 1000 + i));
            _folder.Write($"images/{i:000}.png", Png.Encode(width, height, 1, image));
            _folder.Write($"masks/{i:000}.png", Png.Encode(width, height, 1, mask));
        }
    }

    public string Folder => _folder.Path;

    public IDataView View => new Fovea.Data.VisionData().FromMaskFolders(_folder.File("images"), _folder.File("masks"), Classes);

    public void WriteMask(int index, int height, int width, byte[] mask) => _folder.Write($"masks/{index:000}.png", Png.Encode(width, height, 1, mask));

    public void WriteImage(int index, int height, int width, byte[] image) => _folder.Write($"images/{index:000}.png", Png.Encode(width, height, 1, image));

    public void Dispose() => _folder.Dispose();

    public static (byte[] Image, byte[] Mask) Paint(int height, int width, Random random)
    {
        var (image, mask) = (new byte[height * width], new byte[height * width]);
        random.NextBytes(image);
        foreach (ref var pixel in image.AsSpan())
            pixel = (byte)(pixel / 8);
        for (var kind = 1; kind <= 2; kind++)
        {
            var r = random.Next(4, 7);
            var (cy, cx) = (random.Next(r, height - r), random.Next(r, width - r));
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                    if (kind == 1 ? (y - cy) * (y - cy) + (x - cx) * (x - cx) <= r * r : Math.Abs(y - cy) <= r && Math.Abs(x - cx) <= r)
                        (mask[y * width + x], image[y * width + x]) = ((byte)kind, (byte)(kind == 1 ? 220 : 130));
        }
        return (image, mask);
    }
}
