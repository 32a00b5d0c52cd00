namespace Fovea.Tests.Augmenting;

public class EdgeFillTests
{
    public static TheoryData<EdgeFill, string> Fills => new()
    {
        { default, "zero" },
        { EdgeFill.Zero, "zero" },
        { EdgeFill.Edge, "edge" },
        { EdgeFill.Reflect, "reflect" },
        { EdgeFill.Grey, "#727272" },
        { EdgeFill.Color(1, 20, 255), "#0114ff" },
    };

    [Theory]
    [MemberData(nameof(Fills))]
    public void Parse_OfItsText_IsTheFill(EdgeFill fill, string text)
    {
        Assert.Equal(text, fill.ToString());
        Assert.Equal(fill, EdgeFill.Parse(text));
        Assert.Equal(fill, EdgeFill.Parse(text.ToUpperInvariant()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("black")]
    [InlineData("#12345")]
    [InlineData("#12345g")]
    [InlineData("# 12345")]
    public void Parse_AnythingElse_SaysWhatIsPossible(string text) =>
        Assert.Contains("#rrggbb", Assert.Throws<FormatException>(() => EdgeFill.Parse(text)).Message);

    [Theory]
    [InlineData(255, 0, 0, 76)]   // Pillow 9.4: Image.new("RGB", (1, 1), color).convert("L")
    [InlineData(10, 200, 90, 131)]
    [InlineData(255, 255, 255, 255)]
    public void Luminance_OfAColor_IsPillows(byte red, byte green, byte blue, byte wanted) =>
        Assert.Equal(wanted, EdgeFill.Color(red, green, blue).Luminance);
}
