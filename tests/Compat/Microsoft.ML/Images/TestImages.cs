using Fovea.Tests.Compat.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Tests.Compat.Images;

/// <summary>Small images for tests.</summary>
internal static class TestImages
{
    /// <summary>An opaque image; <paramref name="color"/> says blue, green and red at (x, y).</summary>
    public static MLImage Make(int width, int height, Func<int, int, (int Blue, int Green, int Red)> color)
    {
        var pixels = new byte[height * width * 4]; // (H, W, 4)
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                var (blue, green, red) = color(x, y);
                byte[] pixel = [(byte)blue, (byte)green, (byte)red, 255];
                pixel.CopyTo(pixels, (y * width + x) * 4);
            }

        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
    }

    /// <summary>Pixel i, row by row, is blue 10 i, green 10 i + 1 and red 10 i + 2.</summary>
    public static MLImage Counting(int width, int height) => Make(width, height, (x, y) =>
    {
        int i = 10 * (y * width + x);
        return (i, i + 1, i + 2);
    });

    /// <summary>One color, which any way of resizing keeps.</summary>
    public static MLImage Plain(int width, int height, int blue = 30, int green = 60, int red = 90) => Make(width, height, (_, _) => (blue, green, red));

    /// <summary>Saves an image as a file of the folder, whose name says the format.</summary>
    public static string WriteImage(this TemporaryFolder folder, string name, MLImage image)
    {
        string path = Path.Combine(folder.Path, name);
        image.Save(path);
        return path;
    }

    /// <summary>One channel of the pixels, row by row.</summary>
    public static int[] Channel(this MLImage image, int channel)
    {
        var values = new int[image.Width * image.Height];
        for (int i = 0; i < values.Length; i++)
            values[i] = image.Pixels[4 * i + channel];
        return values;
    }

    /// <summary>What a transform makes of one image; <typeparamref name="T"/> says its size.</summary>
    public static MLImage Apply<T>(this MLContext ml, IEstimator<ITransformer> estimator, T row) where T : class, new()
    {
        var input = ml.Data.LoadFromEnumerable([row]);
        var output = estimator.Fit(input).Transform(input);
        return output.GetColumn<MLImage>("Out").Single();
    }

    /// <summary>What is asked of the image in the first row, while it is not disposed.</summary>
    public static T OfImage<T>(this IDataView view, string column, Func<MLImage, T> ask)
    {
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        cursor.MoveNext();
        MLImage image = null!;
        cursor.GetGetter<MLImage>(view.Schema[column])(ref image);
        return ask(image);
    }

    /// <summary>A row made anew each time it is read: some transforms dispose the images that they read.</summary>
    public static IDataView LoadRow<T>(this MLContext ml, Func<T> make) where T : class =>
        ml.Data.LoadFromEnumerable(Enumerable.Range(0, 1).Select(_ => make()));

    public sealed class Any
    {
        // The package saves no schema of images alone.
        public string Name = "";

        // The size here is only the declared one; resizing asks the image.
        [ImageType(1, 1)] public MLImage Image = null!;
    }

    public sealed class Tall
    {
        public string Name = "";

        [ImageType(3, 2)] public MLImage Image = null!;
    }

    public sealed class File
    {
        public string Path = "";
    }
}
