namespace Fovea.Tests.Segmentation;

public class UNetOptionsTests
{
    [Fact]
    public void Problems_OfTheDefaults_AreNone() => Assert.Empty(new UNetOptions().Problems());

    [Theory]
    [InlineData(2, 1)]
    [InlineData(6, 1024)]
    public void Problems_AtTheBounds_AreNone(int depth, int width) => Assert.Empty(new UNetOptions { Depth = depth, Width = width }.Problems());

    [Fact]
    public void Problems_EverythingWrong_NamesEachWithWhatItGot() =>
        Assert.Equal(
            ["Depth must be 2 to 6; it is 1", "Width must be 1 to 1024; it is 0", "Upsampling must be one of TransposedConvolution, Bilinear; it is 7"],
            new UNetOptions { Depth = 1, Width = 0, Upsampling = (UNetUpsampling)7 }.Problems());

    [Fact]
    public void Problems_AboveTheBounds_AreNamed() => Assert.Equal(2, new UNetOptions { Depth = 7, Width = 1025 }.Problems().Count());
}
