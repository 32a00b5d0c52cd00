using System.Numerics;
using Fovea.Reporting;
using Microsoft.ML.Data;

namespace Fovea.Tests.Reporting;

public class OutlineLetteringTests
{
    [Fact]
    public void Draw_LargeLetters_AreFreeTypes()
    {
        var canvas = new Canvas(640, 380);
        foreach (var (row, letters) in new[] { OutlineLettering.Normal, OutlineLettering.Bold }.Index())
        {
            var shape = new Shape();
            letters.AddTo(shape, "Äg&%8eЖ", 20, 150 + 180 * row, 150, Matrix3x2.Identity);
            shape.Fill(canvas, Color.Black);
        }
        using var expected = MLImage.CreateFromFile(TestData.Reference("reporting/lettering.png"));
        var (theirs, ours) = (expected.Pixels.ToArray().Chunk(4).Select(p => (double)p[0]).ToArray(), canvas.Pixels.ToArray().Chunk(3).Select(p => (double)p[0]).ToArray());
        // FreeType moves edges to whole pixels and rounds advances, which at this size is within a pixel a letter.
        Assert.Equal(theirs.Sum(v => 255 - v), ours.Sum(v => 255 - v), 0.02 * theirs.Sum(v => 255 - v));
        Assert.True(theirs.Zip(ours, (a, b) => Math.Abs(a - b)).Average() < 6, $"mean difference {theirs.Zip(ours, (a, b) => Math.Abs(a - b)).Average()}");
    }

    [Fact]
    public void Measure_Text_IsTheSumOfItsAdvances()
    {
        var one = OutlineLettering.Normal.Measure("m", 100);
        Assert.Equal(3 * one, OutlineLettering.Normal.Measure("mmm", 100), 1e-3); // float32
        Assert.True(OutlineLettering.Bold.Measure("mmm", 100) > 3 * one);
        Assert.Equal(one / 2, OutlineLettering.Normal.Measure("m", 50), 1e-4);
    }

    [Fact]
    public void Draw_CharacterWithoutOutline_IsABox()
    {
        var canvas = new Canvas(60, 60);
        var shape = new Shape();
        OutlineLettering.Normal.AddTo(shape, "猫", 5, 50, 40, Matrix3x2.Identity);
        shape.Fill(canvas, Color.Black);
        Assert.Equal((Color.White, Color.Black, Color.White), (canvas[6, 40], canvas[9, 40], canvas[19, 35]));
        Assert.Equal(0.7f * 40, OutlineLettering.Normal.Measure("猫", 40), 1e-3); // float32
    }
}
