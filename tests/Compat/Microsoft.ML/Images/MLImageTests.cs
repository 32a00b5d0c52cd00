using Fovea.Tests.Compat.Text;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Images;

public sealed class MLImageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(MLPixelFormat.Bgra32)]
    [InlineData(MLPixelFormat.Rgba32)]
    public void CreateFromPixels_Pixels_AreKept(MLPixelFormat format)
    {
        byte[] pixels = [.. Enumerable.Range(0, 2 * 3).SelectMany(i => (byte[])[(byte)i, 20, 30, 255])];
        using var image = MLImage.CreateFromPixels(2, 3, format, pixels);

        Assert.Equal((2, 3, 32, format), (image.Width, image.Height, image.BitsPerPixel, image.PixelFormat));
        Assert.Equal(pixels, image.Pixels.ToArray());
        Assert.Null(image.Tag);
        image.Tag = "mine";
        Assert.Equal("mine", image.Tag);
    }

    [Fact]
    public void CreateFromPixels_Arguments_AreChecked()
    {
        var pixels = new byte[4 * 6];

        Assert.Throws<ArgumentException>(() => MLImage.CreateFromPixels(2, 3, MLPixelFormat.Unknown, pixels));
        Assert.Throws<ArgumentException>(() => MLImage.CreateFromPixels(0, 3, MLPixelFormat.Bgra32, pixels));
        Assert.Throws<ArgumentException>(() => MLImage.CreateFromPixels(2, -3, MLPixelFormat.Bgra32, pixels));
        Assert.Throws<ArgumentException>(() => MLImage.CreateFromPixels(2, 2, MLPixelFormat.Bgra32, pixels));
    }

    [Fact]
    public void GetBGRPixels_EitherFormat_StartsWithBlue()
    {
        byte[] pixels = [1, 2, 3, 255, 4, 5, 6, 255];
        using var bgra = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Bgra32, pixels);
        using var rgba = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Rgba32, pixels);

        Assert.Equal([1, 2, 3, 4, 5, 6], bgra.GetBGRPixels);
        Assert.Equal([3, 2, 1, 6, 5, 4], rgba.GetBGRPixels);
    }

    [Fact]
    public void CreateFromFile_Png_HasTheSavedPixels()
    {
        using var saved = TestImages.Counting(4, 3);
        using var image = MLImage.CreateFromFile(folder.WriteImage("image.png", saved));

        Assert.Equal((4, 3), (image.Width, image.Height));
        Assert.Equal(saved.GetBGRPixels, image.GetBGRPixels);
        Assert.Null(image.Tag);
    }

    [Fact]
    public void CreateFromFile_RgbaImageSaved_HasItsColors()
    {
        using var saved = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Rgba32, [200, 100, 50, 255]);
        using var image = MLImage.CreateFromFile(folder.WriteImage("image.png", saved));

        Assert.Equal([50, 100, 200], image.GetBGRPixels);
    }

    [Theory]
    [InlineData("image.jpg")]
    [InlineData("image.JPEG")]
    public void CreateFromFile_Jpeg_IsNearTheSavedPixels(string name)
    {
        using var saved = TestImages.Plain(16, 16);
        using var image = MLImage.CreateFromFile(folder.WriteImage(name, saved));

        Assert.Equal((16, 16), (image.Width, image.Height));
        Assert.All(image.GetBGRPixels.Zip(saved.GetBGRPixels), pair => Assert.InRange(pair.First, pair.Second - 4, pair.Second + 4));
    }

    [Fact]
    public void CreateFromStream_FileStream_IsLikeTheFile()
    {
        string path = folder.WriteImage("image.png", TestImages.Counting(5, 2));
        using var stream = File.OpenRead(path);
        using var fromStream = MLImage.CreateFromStream(stream);
        using var fromFile = MLImage.CreateFromFile(path);

        Assert.Equal(fromFile.Pixels.ToArray(), fromStream.Pixels.ToArray());
    }

    [Fact]
    public void CreateFrom_NothingToDecode_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => MLImage.CreateFromStream(null!));
        Assert.Throws<ArgumentNullException>(() => MLImage.CreateFromFile(null!));
        Assert.Throws<ArgumentException>(() => MLImage.CreateFromStream(new MemoryStream([1, 2, 3])));
        Assert.Throws<ArgumentException>(() => MLImage.CreateFromFile(Path.Combine(folder.Path, "absent.png")));
        Assert.Throws<ArgumentException>(() => MLImage.CreateFromFile(folder.Write("text.png", "no image")));
    }

    [Theory]
    [InlineData("image")]
    [InlineData("image.txt")]
    [InlineData("image.bmp")]
    public void Save_UnknownFormat_Throws(string name)
    {
        using var image = TestImages.Plain(2, 2);

        Assert.Throws<ArgumentException>(() => image.Save(Path.Combine(folder.Path, name)));
    }

    [Fact]
    public void Members_OfDisposedImage_Throw()
    {
        var image = TestImages.Plain(2, 2);
        image.Dispose();
        image.Dispose();

        Assert.Throws<InvalidOperationException>(() => image.Width);
        Assert.Throws<InvalidOperationException>(() => image.Height);
        Assert.Throws<InvalidOperationException>(() => image.PixelFormat);
        Assert.Throws<InvalidOperationException>(() => image.BitsPerPixel);
        Assert.Throws<InvalidOperationException>(() => image.Pixels.Length);
        Assert.Throws<InvalidOperationException>(() => image.GetBGRPixels);
        Assert.Throws<InvalidOperationException>(() => image.Tag);
        Assert.Throws<InvalidOperationException>(() => image.Tag = "");
        Assert.Throws<InvalidOperationException>(() => image.Save(Path.Combine(folder.Path, "image.png")));
    }
}
