using System.Text.Json;
using Fovea.Data;
using Fovea.Native;

namespace Fovea.Tests.Data;

public class IndexMaskReaderTests
{
    private static readonly Dictionary<string, int[][]> Masks = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
        File.ReadAllText(TestData.Reference("data/masks.json")))!["masks"].Deserialize<Dictionary<string, int[][]>>()!;

    public static TheoryData<string> Names => [.. Masks.Keys];

    private static string Mask(string name) => TestData.Reference($"data/masks/{name}");

    private static IndexMask Read(string path)
    {
        var mask = new IndexMask();
        new IndexMaskReader().Read(new RawImage { Kind = RawImageKind.File, Path = path }, mask);
        return mask;
    }

    private static string Refused(byte[] file) => Assert.Throws<InvalidDataException>(() => new IndexMaskReader().Read(Encoded(file), new IndexMask())).Message;

    private static RawImage Encoded(byte[] file)
    {
        var raw = new RawImage { Kind = RawImageKind.Encoded, Row = 5 };
        file.CopyTo(raw.Resize(file.Length));
        return raw;
    }

    private static IndexMask Managed(byte[] file)
    {
        var mask = new IndexMask();
        IndexPng.Decode(file, IndexPng.ReadHeader(file), mask);
        return mask;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_FileOfPillow_GivesItsIndices(string name)
    {
        var mask = Read(Mask(name));
        Assert.Equal((13, 7), (mask.Width, mask.Height));
        Assert.Equal(Masks[name].SelectMany(row => row), mask.Values.ToArray().Select(v => (int)v));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_FileOfPillowByManagedCode_GivesItsIndices(string name)
    {
        if (name.EndsWith(".png", StringComparison.Ordinal))
            Assert.Equal(Masks[name].SelectMany(row => row), Managed(File.ReadAllBytes(Mask(name))).Values.ToArray().Select(v => (int)v));
    }

    [SkippableTheory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(8, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(4, true)]
    [InlineData(8, true)]
    public void Decode_EveryFilterAndPass_EqualsLibpng(int bits, bool isInterlaced)
    {
        Skip.IfNot(ImageCodec.IsAvailable, "the native codec is not here");
        var random = new Random(bits);
        foreach (var (width, height) in new[] { (1, 1), (1, 9), (9, 1), (3, 5), (8, 8), (21, 17) })
        {
            var file = PngWriter.Write(width, height, bits, isInterlaced, random);
            var wanted = ImageCodec.Decode(file, new ImageRequest { Channels = PixelChannels.Grey, RawIndex = true }, out var w, out var h);
            var mask = Managed(file);
            Assert.Equal((w, h), (mask.Width, mask.Height));
            Assert.Equal(wanted, mask.Values.ToArray());
        }
    }

    [Fact]
    public void Decode_CutAnywhere_IsRefused()
    {
        var file = File.ReadAllBytes(Mask("palette8.png"));
        for (var length = 0; length < file.Length; length++)
            Assert.Throws<InvalidDataException>(() => Managed(file[..length]));
    }

    [Fact]
    public void Decode_AnyByteChanged_IsRefused()
    {
        var file = File.ReadAllBytes(Mask("grey8.png"));
        for (var i = 8; i < file.Length - 12; i++)
        {
            var damaged = (byte[])file.Clone();
            damaged[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => Managed(damaged));
        }
    }

    [Theory]
    [InlineData("grey16.png", "16 bits of grey")]
    [InlineData("rgb.png", "8 bits of RGB")]
    [InlineData("lossy.jpg", "JPEG")]
    public void Read_FileThatHoldsNoIndices_SaysWhatIsPossible(string name, string what)
    {
        var message = Assert.Throws<InvalidDataException>(() => Read(Mask(name))).Message;
        Assert.Contains(Mask(name), message);
        Assert.Contains(what, message);
        Assert.Contains("a PNG with a palette or with one grey channel of at most 8 bits", message);
    }

    [Fact]
    public void Read_MissingFile_NamesIt() => Assert.Contains("nowhere.png", Assert.Throws<FileNotFoundException>(() => Read("nowhere.png")).Message);

    [Fact]
    public void Read_Text_NamesTheRow()
    {
        var message = Refused("this is text"u8.ToArray());
        Assert.Contains("row 5", message);
        Assert.Contains("this is text", message);
    }

    [Fact]
    public void Read_ColoredPortablePixmap_IsRefused() => Assert.Contains("PPM", Refused(Samples.Ppm(0)));

    [Fact]
    public void Read_PortableGreymapOfFewValues_DoesNotSpreadThem()
    {
        var mask = new IndexMask();
        new IndexMaskReader().Read(Encoded([.. "P5 2 1 3\n"u8, 3, 1]), mask);
        Assert.Equal([3, 1], mask.Values.ToArray());
    }

    [Theory]
    [InlineData(RawImageKind.Bgra)]
    [InlineData(RawImageKind.Rgba)]
    internal void Read_GreyPixels_GivesTheirValues(RawImageKind kind)
    {
        var raw = new RawImage { Kind = kind, Width = 2, Height = 1 };
        new byte[] { 7, 7, 7, 255, 200, 200, 200, 255 }.CopyTo(raw.Resize(8));
        var mask = new IndexMask();
        new IndexMaskReader().Read(raw, mask);
        Assert.Equal([7, 200], mask.Values.ToArray());
        raw.Bytes[5] = 3;
        Assert.Contains("(1, 0)", Assert.Throws<InvalidDataException>(() => new IndexMaskReader().Read(raw, mask)).Message);
    }

    [Fact]
    public void RequireSize_OtherSize_NamesBoth()
    {
        var mask = Read(Mask("grey8.png"));
        mask.RequireSize("m.png", 13, 7);
        var message = Assert.Throws<InvalidDataException>(() => mask.RequireSize("'m.png'", 7, 13)).Message;
        Assert.Contains("'m.png' is a mask of 13 x 7", message);
        Assert.Contains("7 x 13", message);
    }
}
