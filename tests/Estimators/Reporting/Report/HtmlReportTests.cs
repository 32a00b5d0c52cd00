using Fovea.Reporting;

namespace Fovea.Tests.Reporting.Report;

public class HtmlReportTests
{
    private const int Unlimited = 100_000_000;

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("Ærø \"x\" & 猫")]
    [InlineData("</style></title><img src=x onerror=alert(1)>")]
    [InlineData("'; --> ]]> &amp; \u0001 😀")]
    public void Of_AnyText_ShowsItAndRunsNothing(string text)
    {
        var page = Html.Parse(HtmlReport.Of(Runs.Page(text), 224, Unlimited));
        page.AssertSound();
        var shown = text.Replace('\u0001', '\ufffd'); // which no page can hold
        Assert.Equal(shown, page.Title);
        foreach (var place in new[] { "h1", ".subtitle", "nav a", "h2", ".headline dt", ".headline dd", ".facts dt", ".facts dd", "p.note", "p.warning", "h3", "thead th", "tbody th", "figcaption b", ".pane span", ".legend li" })
            Assert.Equal(shown.Trim(), page.QuerySelector(place)!.TextContent.Trim());
        Assert.Equal(shown, page.QuerySelector("img")!.GetAttribute("alt"));
        Assert.Equal(shown, page.QuerySelector("svg > title")!.TextContent);
        Assert.Contains(page.QuerySelectorAll("svg rect title"), t => t.TextContent.Contains(shown, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_Numbers_HasThemInFull()
    {
        var page = Html.Parse(HtmlReport.Of(Runs.Page("a"), 224, Unlimited));
        Assert.Equal(0.123456789, page.Headline("number"));
        Assert.Equal("0.1235", page.QuerySelector(".headline [data-key='number'] data")!.TextContent);
        Assert.Equal([0.25, double.NaN], page.Column("table", "share"));
        Assert.Contains("--s:25%", page.QuerySelector("td.bar")!.GetAttribute("style"));
        Assert.Equal("n/a", page.QuerySelector("[data-key='missing'] dd")!.TextContent);
    }

    [Fact]
    public void Of_Pictures_AreTheOnesGiven()
    {
        var page = Html.Parse(HtmlReport.Of(Runs.Page("a"), 224, Unlimited));
        var images = page.QuerySelectorAll("img");
        Assert.Equal(4, images.Length);
        var canvas = Runs.Noise(200, 0);
        Assert.Equal(PictureData.Of(canvas), images[0].GetAttribute("src"));
        Assert.Equal(("200", "200"), (images[0].GetAttribute("width"), images[0].GetAttribute("height")));
        Assert.Empty(page.QuerySelectorAll(".left"));
    }

    [Fact]
    public void Of_SmallPictures_AreShownLargerWithSharpPixels()
    {
        var small = Runs.Page("a") with { Sections = [new("one", "a", [Runs.Pictures("pictures", "a", 1, side: 28)])] };
        var image = Html.Parse(HtmlReport.Of(small, 224, Unlimited)).QuerySelector("img")!;
        Assert.Equal("112", image.GetAttribute("width"));
        Assert.Equal("pixels", image.ClassName);
    }

    [Theory]
    [InlineData(2_000_000)]
    [InlineData(600_000)]
    [InlineData(100_000)]
    public void Of_MorePicturesThanTheFileMayHold_ShrinksThemLeavesSomeOutAndSaysSo(int most)
    {
        var many = Runs.Page("a", pictures: 40); // 80 pictures of 200 x 200 x 3 incompressible bytes: 9.6 MB
        var html = HtmlReport.Of(many, 224, most);
        Assert.True(Html.Bytes(html) <= most, $"{Html.Bytes(html)} bytes are more than {most}");
        var page = Html.Parse(html);
        page.AssertSound();
        Assert.NotEmpty(page.QuerySelectorAll(".left"));
        // The first stay.
        Assert.Equal(page.QuerySelectorAll(".group").Length, page.QuerySelectorAll("img").Length / 2);
        if (most > 1_000_000)
            Assert.Equal(80, page.QuerySelectorAll("img").Length);
    }

    [Fact]
    public void Of_LongTable_ShowsTheFirstRowsAndSaysHowManyThereAre()
    {
        var table = new TablePart("long", "Long", [new("i", "i")], [.. Enumerable.Range(0, 5000).Select(i => (IReadOnlyList<ReportValue>)[ReportValue.Count(i)])]);
        var page = Html.Parse(HtmlReport.Of(Runs.Page("a") with { Sections = [new("one", "a", [table])] }, 224, Unlimited));
        Assert.Equal(Enumerable.Range(0, TablePart.MostRows).Select(i => (double)i), page.Column("long", "i"));
        Assert.Contains("1000 of 5000 rows", page.QuerySelector(".note")!.TextContent);
    }
}
