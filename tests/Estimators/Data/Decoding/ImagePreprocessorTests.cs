using System.Text.Json;
using Fovea.Data;
using Fovea.Native;

namespace Fovea.Tests.Data;

public class ImagePreprocessorTests
{
    private sealed record Expected(int Width, int Height, string Rgb, string Grey, int Tolerance, string Why);

    private static readonly Dictionary<string, Expected> Images = JsonSerializer.Deserialize<Dictionary<string, Expected>>(
        File.ReadAllText(TestData.Reference("data/images.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names => [.. Images.Keys];

    private static string Image(string name) => TestData.Reference($"data/images/{name}");

    private static byte[] Read(string path, ImageInput input)
    {
        var pixels = new byte[input.SampleBytes];
        new ImagePreprocessor(input).Process(new RawImage { Kind = RawImageKind.File, Path = path }, pixels);
        return pixels;
    }

    private static byte[] Read(byte[] file, ImageInput input)
    {
        var raw = new RawImage { Kind = RawImageKind.Encoded, Row = 17 };
        file.CopyTo(raw.Resize(file.Length));
        var pixels = new byte[input.SampleBytes];
        new ImagePreprocessor(input).Process(raw, pixels);
        return pixels;
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Process_EveryKindOfFile_GivesPillowsPixels(string name)
    {
        SkipWithoutCodec(name);
        var expected = Images[name];
        Compare(expected, Convert.FromHexString(expected.Rgb), Read(Image(name), ImageInput.Create(expected.Height, expected.Width, 3)), isGrey: false);
        Compare(expected, Convert.FromHexString(expected.Grey), Read(Image(name), ImageInput.Create(expected.Height, expected.Width, 1)), isGrey: true);
    }

    private static void Compare(Expected expected, byte[] wanted, byte[] got, bool isGrey)
    {
        // The reasons for the tolerances stand beside the numbers, in images.py; color of lossless files has none.
        for (var i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - got[i]) <= expected.Tolerance, $"{(isGrey ? "grey" : "RGB")} byte {i}: {got[i]} instead of {wanted[i]}");
    }

    [SkippableTheory]
    [InlineData("rgb.png")]
    [InlineData("rgb.jpg")]
    [InlineData("rgb.ppm")]
    public void Process_BytesAndPath_GiveTheSame(string name)
    {
        SkipWithoutCodec(name);
        var input = ImageInput.Create(5, 4, 3);
        Assert.Equal(Read(Image(name), input), Read(File.ReadAllBytes(Image(name)), input));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Process_FourBytesAPixel_DropsAlpha(bool isBgra)
    {
        var kind = isBgra ? RawImageKind.Bgra : RawImageKind.Rgba;
        var raw = new RawImage { Kind = kind, Width = 2, Height = 1 };
        byte[] pixels = !isBgra ? [10, 20, 30, 0, 40, 50, 60, 255] : [30, 20, 10, 0, 60, 50, 40, 255];
        pixels.CopyTo(raw.Resize(8));
        var rgb = new byte[6];
        new ImagePreprocessor(ImageInput.Create(1, 2, 3)).Process(raw, rgb);
        Assert.Equal([10, 20, 30, 40, 50, 60], rgb);
        var grey = new byte[2];
        new ImagePreprocessor(ImageInput.Create(1, 2, 1)).Process(raw, grey);
        // 0.299 R + 0.587 G + 0.114 B: 18.15 and 48.15
        Assert.Equal([18, 48], grey);
    }

    [SkippableFact]
    public void Process_OnePixel_FillsTheInput()
    {
        SkipWithoutCodec("one.png");
        var pixel = Convert.FromHexString(Images["one.png"].Rgb);
        var result = Read(Image("one.png"), ImageInput.Create(3, 5, 3));
        for (var i = 0; i < result.Length; i++)
            Assert.Equal(pixel[i % 3], result[i]);
    }

    [Fact]
    public void Process_EmptyFile_NamesIt()
    {
        using var folder = new TempFolder();
        var path = folder.Write("empty.png", []);
        var error = Assert.Throws<InvalidDataException>(() => Read(path, Samples.Input()));
        Assert.Contains(path, error.Message);
        Assert.Contains("0 bytes", error.Message);
    }

    [Fact]
    public void Process_TextNamedPng_SaysWhatItIs()
    {
        using var folder = new TempFolder();
        var path = folder.Write("note.png", "just some words in a file"u8.ToArray());
        var error = Assert.Throws<InvalidDataException>(() => Read(path, Samples.Input()));
        Assert.Contains(path, error.Message);
        Assert.Contains("just some wo", error.Message);
    }

    [Fact]
    public void Process_BytesThatAreNoImage_NamesTheRow()
    {
        var error = Assert.Throws<InvalidDataException>(() => Read([0, 1, 2, 3], Samples.Input()));
        Assert.Contains("row 17", error.Message);
        Assert.Contains("00010203", error.Message);
    }

    [SkippableTheory]
    [InlineData("rgb.png", 60)]
    [InlineData("rgb.png", 20)]
    [InlineData("rgb.png", 8)]
    [InlineData("rgb.jpg", 100)]
    [InlineData("rgb.jpg", 3)]
    [InlineData("progressive.jpg", 300)]
    [InlineData("rgb.ppm", 100)]
    [InlineData("rgb.ppm", 5)]
    public void Process_TruncatedFile_NamesIt(string name, int length)
    {
        SkipWithoutCodec(name);
        using var folder = new TempFolder();
        var path = folder.Write(name, File.ReadAllBytes(Image(name))[..length]);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => Read(path, Samples.Input())).Message);
    }

    [Theory]
    [InlineData("P6 70000 70000 255\n")]
    [InlineData("P6 0 4 255\n")]
    [InlineData("P6 4 4 70000\n")]
    [InlineData("P6 4 99999999999 255\n")]
    [InlineData("P6 4 x 255\n")]
    public void Process_PixmapWithBadHeader_IsRefused(string header)
    {
        Assert.Contains("row 17", Assert.Throws<InvalidDataException>(() => Read(System.Text.Encoding.ASCII.GetBytes(header), Samples.Input())).Message);
    }

    [SkippableFact]
    public void Process_HeaderOfAHugeImage_IsRefusedBeforeDecoding()
    {
        SkipWithoutCodec("rgb.png");
        var file = File.ReadAllBytes(Image("rgb.png"));
        // The width in the first chunk, and its checksum: 200,000 x 7 pixels are fine, 200,000 x 200,000 are not.
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), 200_000);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), 200_000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Fovea.Storage.Crc32.Of(file.AsSpan(12, 17)));
        Assert.Contains("row 17", Assert.Throws<InvalidDataException>(() => Read(file, Samples.Input())).Message);
    }

    [SkippableFact]
    public void Process_VeryWideImage_IsResized()
    {
        SkipWithoutCodec("rgb.png");
        var wide = new byte[30_000 * 4 * 3];
        wide.AsSpan().Fill(77);
        var file = ImageCodec.Encode(ImageFileFormat.Png, wide, 30_000, 4, PixelChannels.Rgb);
        Assert.All(Read(file, ImageInput.Create(8, 8, 3)), b => Assert.Equal(77, b));
    }

    [Fact]
    public void Process_MissingFile_NamesPathAndRow()
    {
        var error = Assert.Throws<FileNotFoundException>(() => Read("not/there.png", Samples.Input()));
        Assert.Contains("not/there.png", error.Message);
        Assert.Contains("row 0", error.Message);
        Assert.Contains(Directory.GetCurrentDirectory(), error.Message);
    }

    [Fact]
    public void Process_FolderInsteadOfFile_SaysSo()
    {
        using var folder = new TempFolder();
        Assert.Contains("folder", Assert.Throws<InvalidDataException>(() => Read(folder.Path, Samples.Input())).Message);
    }

    [SkippableFact]
    public void Process_RealJpegs_ScaledDecodingStaysNearFullDecoding()
    {
        SkipWithoutCodec("rgb.jpg");
        var folder = TestData.Shared("data/bccd/BCCD/JPEGImages");
        var input = ImageInput.Create(96, 128, 3);
        double difference = 0;
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).Take(8).ToList();
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            var full = ImageCodec.Decode(bytes, new ImageRequest { Channels = PixelChannels.Rgb }, out var width, out var height);
            var wanted = new byte[input.SampleBytes];
            new AntialiasResize().Run([.. full, .. new byte[AntialiasResize.Padding]], 3, wanted, ImagePlacement.Of(width, height, input));
            var got = Read(file, input);
            difference += wanted.Zip(got, (a, b) => Math.Abs(a - b)).Average() / files.Count;
        }
        // Of 255 levels; noise of the camera is above 1.
        Assert.InRange(difference, 0.0, 1.0);
    }

    /// <summary>JPEG and PNG need the native codec here; ML.NET's own decoder is ML.NET's to test.</summary>
    private static void SkipWithoutCodec(string name) =>
        Skip.If(!ImageCodec.IsAvailable && Path.GetExtension(name) is (".png" or ".jpg"), ImageCodec.WhyNotAvailable);
}
