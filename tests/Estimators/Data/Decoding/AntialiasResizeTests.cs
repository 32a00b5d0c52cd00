using System.Text.Json;
using Fovea.Data;

namespace Fovea.Tests.Data;

public class AntialiasResizeTests
{
    private sealed record Case(int Channels, int Height, int Width, int OutHeight, int OutWidth, ResizeMode Mode, string Result, string? Source = null);

    [Fact]
    public void Run_PillowsCases_GivesPillowsBytes()
    {
        // tests/Reference/data/resize.py; the source stands at the last case of each image.
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };
        var cases = JsonSerializer.Deserialize<List<Case>>(File.ReadAllText(TestData.Reference("data/resize.json")), options)!;
        var resize = new AntialiasResize();
        byte[] source = [];
        for (var i = cases.Count - 1; i >= 0; i--)
        {
            var c = cases[i];
            if (c.Source is not null)
                source = [.. Convert.FromHexString(c.Source), .. new byte[AntialiasResize.Padding]];
            var result = new byte[c.OutHeight * c.OutWidth * c.Channels];
            resize.Run(source, c.Channels, result, ImagePlacement.Of(c.Width, c.Height, c.OutWidth, c.OutHeight, c.Mode));
            // The arithmetic is Pillow's own, so not a byte may differ.
            Assert.True(result.AsSpan().SequenceEqual(Convert.FromHexString(c.Result)), $"{c.Width}x{c.Height}x{c.Channels} to {c.OutWidth}x{c.OutHeight}, {c.Mode}");
        }
        Assert.Equal(150, cases.Count);
    }

    [Theory]
    [InlineData(1, ResizeMode.Stretch)]
    [InlineData(3, ResizeMode.Stretch)]
    [InlineData(1, ResizeMode.Crop)]
    [InlineData(3, ResizeMode.Crop)]
    public void Run_ConstantImage_StaysConstant(int channels, ResizeMode mode)
    {
        foreach (var value in new byte[] { 0, 1, 200, 255 })
        {
            var source = new byte[37 * 51 * channels + AntialiasResize.Padding];
            source.AsSpan().Fill(value);
            var result = new byte[20 * 33 * channels];
            new AntialiasResize().Run(source, channels, result, ImagePlacement.Of(51, 37, 33, 20, mode));
            Assert.All(result, b => Assert.Equal(value, b));
        }
    }

    [Fact]
    public void Run_SameSize_IsTheSource()
    {
        var source = new byte[11 * 13 * 3 + AntialiasResize.Padding];
        new Random(1).NextBytes(source);
        foreach (var mode in Enum.GetValues<ResizeMode>())
        {
            var result = new byte[11 * 13 * 3];
            new AntialiasResize().Run(source, 3, result, ImagePlacement.Of(13, 11, 13, 11, mode));
            Assert.True(source.AsSpan(0, result.Length).SequenceEqual(result));
        }
    }

    [Fact]
    public void Run_MirroredImage_GivesMirroredResult()
    {
        var source = new byte[9 * 40 + AntialiasResize.Padding];
        new Random(2).NextBytes(source);
        var mirrored = new byte[source.Length];
        for (var y = 0; y < 9; y++)
            for (var x = 0; x < 40; x++)
                mirrored[y * 40 + x] = source[y * 40 + 39 - x];
        byte[] result = new byte[7 * 13], ofMirrored = new byte[7 * 13];
        new AntialiasResize().Run(source, 1, result, ImagePlacement.Of(40, 9, 13, 7, ResizeMode.Stretch));
        new AntialiasResize().Run(mirrored, 1, ofMirrored, ImagePlacement.Of(40, 9, 13, 7, ResizeMode.Stretch));
        for (var y = 0; y < 7; y++)
            for (var x = 0; x < 13; x++)
                Assert.Equal(result[y * 13 + x], ofMirrored[y * 13 + 12 - x]);
    }
}
