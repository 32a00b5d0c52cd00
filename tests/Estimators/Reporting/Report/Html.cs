using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Fovea.Tests.Reporting.Report;

/// <summary>Reports read back as a browser reads them.</summary>
internal static class Html
{
    public static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    public static IDocument Page(this TrainingReport report) => Parse(report.ToHtml());

    /// <summary>Of a fact among those at the top.</summary>
    public static double Headline(this IDocument page, string key) => page.QuerySelector($".headline [data-key='{key}'] data")!.Number();

    /// <summary>Of a fact of a section.</summary>
    public static double Fact(this IDocument page, string section, string key) => page.QuerySelector($"#{section} .facts [data-key='{key}'] data")!.Number();

    public static string Words(this IDocument page, string section, string key) => page.QuerySelector($"#{section} .facts [data-key='{key}'] dd")!.TextContent;

    /// <summary>A column of a table: the numbers in full; NaN where there is none.</summary>
    public static double[] Column(this IDocument page, string table, string column)
    {
        var cells = page.QuerySelector($"table[data-key='{table}']")!;
        var at = cells.QuerySelectorAll("thead th").Index().Single(h => h.Item.GetAttribute("data-key") == column).Index;
        return [.. cells.QuerySelectorAll("tbody tr").Select(r => r.Children[at].QuerySelector("data")?.Number() ?? double.NaN)];
    }

    /// <summary>A column of words.</summary>
    public static string[] Names(this IDocument page, string table, string column)
    {
        var cells = page.QuerySelector($"table[data-key='{table}']")!;
        var at = cells.QuerySelectorAll("thead th").Index().Single(h => h.Item.GetAttribute("data-key") == column).Index;
        return [.. cells.QuerySelectorAll("tbody tr").Select(r => r.Children[at].TextContent)];
    }

    public static double Number(this IElement data) => double.Parse(data.GetAttribute("value")!, CultureInfo.InvariantCulture);

    public static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    /// <summary>Nothing runs, nothing is loaded, and nothing needs to be seen to be understood.</summary>
    public static void AssertSound(this IDocument page)
    {
        Assert.Empty(page.QuerySelectorAll("script, iframe, object, embed, link[rel=stylesheet], base, form"));
        foreach (var attribute in page.All.SelectMany(e => e.Attributes))
        {
            Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), $"{attribute.Name} would run");
            if (attribute.LocalName is "src" or "href" or "data" or "poster" or "srcset")
                Assert.True(attribute.Value.StartsWith("data:", StringComparison.Ordinal) || attribute.Value.StartsWith('#'), $"{attribute.Value} would be loaded");
        }
        Assert.DoesNotContain("url(", page.DocumentElement.OuterHtml);
        Assert.All(page.QuerySelectorAll("img"), i => Assert.NotEqual("", i.GetAttribute("alt")));
        foreach (var svg in page.QuerySelectorAll("svg"))
        {
            Assert.Equal("img", svg.GetAttribute("role"));
            foreach (var id in svg.GetAttribute("aria-labelledby")!.Split(' '))
                Assert.NotEqual("", page.GetElementById(id)!.TextContent);
        }
        Assert.All(page.QuerySelectorAll("figure"), f => Assert.NotNull(f.QuerySelector("img[alt], svg > title")));
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);
    }
}
