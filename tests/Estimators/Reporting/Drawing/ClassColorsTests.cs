using Fovea.Reporting;

namespace Fovea.Tests.Reporting;

public class ClassColorsTests
{
    [Fact]
    public void Of_AllClasses_DifferAndRepeatAfter()
    {
        Assert.Equal(255, Enumerable.Range(0, 255).Select(ClassColors.Of).Distinct().Count());
        Assert.Equal(ClassColors.Of(0), ClassColors.Of(255));
        Assert.DoesNotContain(ClassColors.Of(-1), Enumerable.Range(0, 255).Select(ClassColors.Of));
    }

    [Fact]
    public void Readable_EveryBoxColor_HasEnoughContrast()
    {
        // 4.5 is WCAG's bound for text; black or white reaches it on any color.
        for (var i = -1; i < 255; i++)
        {
            var (a, b) = (ClassColors.Of(i).Luminance, ClassColors.Of(i).Readable.Luminance);
            Assert.True((Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05) >= 4.5, $"class {i}");
        }
    }
}
