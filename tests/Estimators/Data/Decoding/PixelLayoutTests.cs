using Fovea.Data;

namespace Fovea.Tests.Data;

public class PixelLayoutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1001)]
    public void ToPlanes_AnyLength_MatchesTheNaiveLoop(int pixels)
    {
        var interleaved = new byte[pixels * 3];
        new Random(pixels).NextBytes(interleaved);
        var planes = new byte[pixels * 3];
        PixelLayout.ToPlanes(interleaved, planes);
        for (var i = 0; i < pixels; i++)
            for (var c = 0; c < 3; c++)
                Assert.Equal(interleaved[i * 3 + c], planes[c * pixels + i]);
    }
}
