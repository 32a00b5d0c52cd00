using System.Text.Json;
using Fovea.Data;

namespace Fovea.Tests.Data;

public class ImageSizeTests
{
    [Fact]
    public void Read_EveryKind_IsPillowsSize()
    {
        var images = JsonDocument.Parse(File.ReadAllBytes(TestData.Reference("data/images.json"))).RootElement;
        foreach (var image in images.EnumerateObject())
            Assert.Equal((image.Name, image.Value.GetProperty("width").GetInt32(), image.Value.GetProperty("height").GetInt32()),
                (image.Name, ImageSize.Read(TestData.Reference("data/images/" + image.Name)).Width, ImageSize.Read(TestData.Reference("data/images/" + image.Name)).Height));
    }

    [Theory]
    [InlineData(new byte[] { 0x42, 0x4D, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0, 5, 1, 0, 0, 0xFD, 0xFF, 0xFF, 0xFF }, 261, 3)]
    [InlineData(new byte[] { 0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 5, 1, 3, 0 }, 261, 3)]
    public void Read_BmpAndGif_IsInTheHeader(byte[] file, int width, int height)
    {
        using var folder = new TempFolder();
        Assert.Equal((width, height), ImageSize.Read(folder.Write("a", file)));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0, 16 })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xDA, 0, 2 })]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A })]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[0])]
    public void Read_WhatHasNoSize_NamesTheFile(byte[] file)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.png", file);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => ImageSize.Read(path)).Message);
    }
}
