namespace Fovea.Tests.Segmentation;

public class UNetOptionsTests
{
    [Fact]
    public void Problems_OfTheDefaults_AreNone() => Assert.Empty(new UNetOptions().Problems());

    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(6, 1024, 4)]
    public void Problems_AtTheBounds_AreNone(int depth, int width, int patch) => Assert.Empty(new UNetOptions { Depth = depth, Width = width, PatchSize = patch }.Problems());

    [Fact]
    public void Problems_EverythingWrong_NamesEachWithWhatItGot() =>
        Assert.Equal(
            ["Depth must be 2 to 6; it is 1", "Width must be 1 to 1024; it is 0", "PatchSize must be 1, 2 or 4; it is 3", "Upsampling must be one of TransposedConvolution, Bilinear; it is 7"],
            new UNetOptions { Depth = 1, Width = 0, PatchSize = 3, Upsampling = (UNetUpsampling)7 }.Problems());

    [Fact]
    public void Problems_AboveTheBounds_AreNamed() => Assert.Equal(2, new UNetOptions { Depth = 7, Width = 1025 }.Problems().Count());
}
