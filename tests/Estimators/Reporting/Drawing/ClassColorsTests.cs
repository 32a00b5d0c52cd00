using Fovea.Reporting;

namespace Fovea.Tests.Reporting;

public class ClassColorsTests
{
    // The first 21 as the VOC development kit lists them, and 255, its border color.
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 128, 0, 0)]
    [InlineData(2, 0, 128, 0)]
    [InlineData(3, 128, 128, 0)]
    [InlineData(4, 0, 0, 128)]
    [InlineData(5, 128, 0, 128)]
    [InlineData(6, 0, 128, 128)]
    [InlineData(7, 128, 128, 128)]
    [InlineData(8, 64, 0, 0)]
    [InlineData(15, 192, 128, 128)]
    [InlineData(16, 0, 64, 0)]
    [InlineData(20, 0, 64, 128)]
    [InlineData(255, 224, 224, 192)]
    public void Voc_KnownIndex_HasItsColor(int index, byte r, byte g, byte b) => Assert.Equal(new Color(r, g, b), ClassColors.Voc(index));

    [Fact]
    public void Voc_AllIndices_Differ() => Assert.Equal(256, Enumerable.Range(0, 256).Select(ClassColors.Voc).Distinct().Count());

    [Fact]
    public void Of_SevenClasses_DifferAndRepeatAfter()
    {
        Assert.Equal(7, Enumerable.Range(0, 7).Select(ClassColors.Of).Distinct().Count());
        Assert.Equal(ClassColors.Of(0), ClassColors.Of(7));
        Assert.DoesNotContain(ClassColors.Of(-1), Enumerable.Range(0, 7).Select(ClassColors.Of));
    }

    [Fact]
    public void Readable_EveryBoxColor_HasEnoughContrast()
    {
        // 4.5 is WCAG's bound for text; black or white reaches it on any color.
        for (var i = -1; i < 7; i++)
        {
            var (a, b) = (ClassColors.Of(i).Luminance, ClassColors.Of(i).Readable.Luminance);
            Assert.True((Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05) >= 4.5, $"class {i}");
        }
    }
}
