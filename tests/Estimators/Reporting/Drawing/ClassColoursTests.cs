using Fovea.Reporting;

namespace Fovea.Tests.Reporting;

public class ClassColoursTests
{
    // The first 21 as the VOC development kit lists them, and 255, its border colour.
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
    public void Voc_KnownIndex_HasItsColour(int index, byte r, byte g, byte b) => Assert.Equal(new Colour(r, g, b), ClassColours.Voc(index));

    [Fact]
    public void Voc_AllIndices_Differ() => Assert.Equal(256, Enumerable.Range(0, 256).Select(ClassColours.Voc).Distinct().Count());

    [Fact]
    public void Of_SevenClasses_DifferAndRepeatAfter()
    {
        Assert.Equal(7, Enumerable.Range(0, 7).Select(ClassColours.Of).Distinct().Count());
        Assert.Equal(ClassColours.Of(0), ClassColours.Of(7));
        Assert.DoesNotContain(ClassColours.Of(-1), Enumerable.Range(0, 7).Select(ClassColours.Of));
    }

    [Fact]
    public void Readable_EveryBoxColour_HasEnoughContrast()
    {
        // 4.5 is WCAG's bound for text; black or white reaches it on any colour.
        for (var i = -1; i < 7; i++)
        {
            var (a, b) = (ClassColours.Of(i).Luminance, ClassColours.Of(i).Readable.Luminance);
            Assert.True((Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05) >= 4.5, $"class {i}");
        }
    }
}
