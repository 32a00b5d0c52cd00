using Fovea.Data;

namespace Fovea.Tests.Data;

public class ExifOrientationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Read_FileWithOrientation_FindsIt(int orientation) =>
        Assert.Equal(orientation, ExifOrientation.Read(File.ReadAllBytes(TestData.Reference($"data/images/exif{orientation}.jpg"))));

    [Fact]
    public void Read_FilesWithout_GiveOne()
    {
        Assert.Equal(1, ExifOrientation.Read(File.ReadAllBytes(TestData.Reference("data/images/rgb.jpg"))));
        Assert.Equal(1, ExifOrientation.Read(File.ReadAllBytes(TestData.Reference("data/images/rgb.png"))));
        Assert.Equal(1, ExifOrientation.Read([]));
    }

    [Fact]
    public void Read_FileCutAnywhere_Ends()
    {
        var file = File.ReadAllBytes(TestData.Reference("data/images/exif6.jpg"));
        for (var length = 0; length < 120; length++)
            Assert.Contains(ExifOrientation.Read(file.AsSpan(0, length)), new[] { 1, 6 });
    }

    // a b c       orientation says where row 0 and column 0 of what was stored belong
    // d e f
    [Theory]
    [InlineData(1, "abcdef")]
    [InlineData(2, "cbafed")]
    [InlineData(3, "fedcba")]
    [InlineData(4, "defabc")]
    [InlineData(5, "adbecf")]
    [InlineData(6, "daebfc")]
    [InlineData(7, "fcebda")]
    [InlineData(8, "cfbead")]
    public void Apply_SixPixels_LieAsWritten(int orientation, string expected)
    {
        var upright = new byte[6];
        ExifOrientation.Apply(orientation, "abcdef"u8, 3, 2, 1, upright);
        Assert.Equal(expected, System.Text.Encoding.ASCII.GetString(upright));
    }
}
