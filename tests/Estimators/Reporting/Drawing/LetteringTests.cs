using Fovea.Reporting;

namespace Fovea.Tests.Reporting;

public class LetteringTests
{
    private static Canvas Draw(Lettering lettering, string text, Color? color = null)
    {
        var canvas = new Canvas(Math.Max(1, lettering.Measure(text)) + 8, lettering.LineHeight + 8);
        lettering.Draw(canvas, 4, 4, text, color ?? Color.Black);
        return canvas;
    }

    private static int Dark(Canvas canvas) => canvas.Pixels.ToArray().Count(b => b < 128);

    [Fact]
    public void Draw_PrintableLatin_StaysWithinItsLineAndWidth()
    {
        foreach (var lettering in new[] { Lettering.Small, Lettering.Normal, Lettering.Title })
            foreach (var c in Enumerable.Range(0x21, 0x5E).Concat(Enumerable.Range(0xA1, 0x5F)).Where(c => c != 0xAD).Select(c => (char)c))
            {
                var canvas = Draw(lettering, c.ToString());
                Assert.True(Dark(canvas) > 0, $"{c} is invisible");
                for (var y = 0; y < canvas.Height; y++)
                    for (var x = 0; x < canvas.Width; x++)
                        // J and some accents reach two pixels over the letter's own width, as fonts do.
                        if (x < 2 || x > canvas.Width - 3 || y < 3 || y > canvas.Height - 4)
                            Assert.True(canvas[x, y] == Color.White, $"{c} reaches ({x}, {y})");
            }
    }

    [Fact]
    public void Draw_DifferentLetters_LookDifferent()
    {
        var seen = new HashSet<string>();
        foreach (var c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ÄÖÜäöüßéèêñçøåŁšž×–…")
            Assert.True(seen.Add(Convert.ToHexString(Draw(Lettering.Normal, c.ToString()).Pixels)), c.ToString());
    }

    [Fact]
    public void Draw_UnknownCharacter_IsABox()
    {
        var canvas = Draw(Lettering.Normal, "猫");
        Assert.Equal(Convert.ToHexString(canvas.Pixels), Convert.ToHexString(Draw(Lettering.Normal, "😀").Pixels));
        var dark = Enumerable.Range(0, canvas.Width * canvas.Height).Where(i => canvas[i % canvas.Width, i / canvas.Width] != Color.White).Select(i => (X: i % canvas.Width, Y: i / canvas.Width)).ToList();
        var (x0, x1, y0, y1) = (dark.Min(p => p.X), dark.Max(p => p.X), dark.Min(p => p.Y), dark.Max(p => p.Y));
        Assert.True(x1 - x0 >= 4 && y1 - y0 >= 4);
        Assert.All(dark, p => Assert.True(p.X == x0 || p.X == x1 || p.Y == y0 || p.Y == y1));
        Assert.Equal(2 * (x1 - x0) + 2 * (y1 - y0), dark.Count);
    }

    [Theory]
    [InlineData("a\u0301", "a")] // an accent of its own: not drawn
    [InlineData("a\u200Db", "ab")]
    [InlineData("a\nb", "a b")]
    [InlineData("a\tb", "a b")]
    public void Measure_MarksAndBreaks_TakeAsMuchAs(string text, string same)
    {
        Assert.Equal(Lettering.Normal.Measure(same), Lettering.Normal.Measure(text));
        Assert.Equal(Convert.ToHexString(Draw(Lettering.Normal, same).Pixels), Convert.ToHexString(Draw(Lettering.Normal, text).Pixels));
    }

    [Fact]
    public void Measure_Text_IsTheSumOfItsLetters() =>
        Assert.Equal("Tile 12".Sum(c => Lettering.Title.Measure(c.ToString())), Lettering.Title.Measure("Tile 12"));

    [Theory]
    [InlineData("BloodImage_00338.jpg", 1000)]
    [InlineData("BloodImage_00338.jpg", 100)]
    [InlineData("BloodImage_00338.jpg", 40)]
    [InlineData("BloodImage_00338.jpg", 14)]
    [InlineData("BloodImage_00338.jpg", 3)]
    [InlineData("😀😀😀😀😀😀", 40)]
    public void Fit_AnyWidth_IsNotExceeded(string text, int width)
    {
        var fitted = Lettering.Normal.Fit(text, width);
        Assert.True(Lettering.Normal.Measure(fitted) <= width);
        if (width == 1000)
            Assert.Equal(text, fitted);
        else if (width is 100 or 40)
            Assert.True(fitted.Contains('…') && fitted[0] == text[0] && fitted[^1] == text[^1], fitted);
    }

    [Fact]
    public void Draw_BeyondTheCanvas_IsCutOff()
    {
        var canvas = new Canvas(10, 6);
        Lettering.Title.Draw(canvas, -5, -8, "Wide and tall", Color.Black);
        Assert.True(Dark(canvas) > 0);
    }
}
