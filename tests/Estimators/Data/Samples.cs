using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Tests.Data;

/// <summary>Small sets of images made of a formula, so that a pixel says which row it came from.</summary>
internal static class Samples
{
    public const int Height = 4;
    public const int Width = 6;

    public sealed class Row
    {
        [ImageType(Height, Width)]
        public MLImage Image { get; set; } = null!;

        public string Label { get; set; } = "";
    }

    public sealed class PathRow
    {
        public string ImagePath { get; set; } = "";

        public string Label { get; set; } = "";
    }

    public sealed class BytesRow
    {
        public byte[] Image { get; set; } = [];

        public string Label { get; set; } = "";
    }

    public static byte Pixel(int row, int y, int x, int c) => (byte)(row * 31 + y * 13 + x * 5 + c * 71);

    /// <summary>Images of Height x Width, labelled "a", "b", "c" in turn.</summary>
    public static IDataView View(MLContext ml, int rows) => ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(row =>
    {
        var pixels = new byte[Height * Width * 4];
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                for (var c = 0; c < 4; c++)
                    pixels[(y * Width + x) * 4 + c] = c == 3 ? (byte)255 : Pixel(row, y, x, c);
        return new Row { Image = MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, pixels), Label = "abc"[row % 3].ToString() };
    }).ToList());

    /// <summary>The same images as files (PPM), in a folder.</summary>
    public static IDataView PathView(MLContext ml, TempFolder folder, int rows) => ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(row =>
        new PathRow { ImagePath = folder.Write($"{row}.ppm", Ppm(row)), Label = "abc"[row % 3].ToString() }).ToList());

    public static IDataView BytesView(MLContext ml, int rows) => ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(row =>
        new BytesRow { Image = Ppm(row), Label = "abc"[row % 3].ToString() }).ToList());

    public static byte[] Ppm(int row)
    {
        var header = System.Text.Encoding.ASCII.GetBytes($"P6 {Width} {Height} 255\n");
        var pixels = new byte[Height * Width * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = Pixel(row, i / 3 / Width, i / 3 % Width, i % 3);
        return [.. header, .. pixels];
    }

    public static ImageInput Input(int channels = 3) => ImageInput.Create(Height, Width, channels);
}
