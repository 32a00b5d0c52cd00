using System.Globalization;
using System.Xml.Linq;
using Fovea.Reporting;

namespace Fovea.Tests.Reporting.Charts;

/// <summary>Charts written and read back as XML.</summary>
internal static class Charts
{
    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    /// <summary>The document as a file would have it.</summary>
    public static XElement Page(params IChart[] charts) => XDocument.Parse(new ChartPage { Title = "Page", Charts = charts }.ToSvg().ToString(SaveOptions.DisableFormatting)).Root!;

    public static IEnumerable<XElement> All(this XElement page, string name, string? look = null) =>
        page.Descendants(_svg + name).Where(e => look is null || ((string?)e.Attribute("class") ?? "").Split(' ').Contains(look));

    public static double Number(this XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    /// <summary>What the element says when the pointer rests on it.</summary>
    public static string Hover(this XElement element) => element.Element(_svg + "title")!.Value;

    /// <summary>The description for who cannot see the picture.</summary>
    public static string Words(this XElement page) => page.Element(_svg + "desc")!.Value;

    /// <summary>Every number in every attribute is finite, and nothing lies outside the picture.</summary>
    public static void AssertSound(XElement page)
    {
        Assert.Equal("img", page.Attribute("role")!.Value);
        Assert.NotEqual("", page.Attribute("aria-label")!.Value);
        Assert.NotEqual("", page.Words());
        foreach (var attribute in page.Descendants().Attributes())
            if (attribute.Name != "href")
                Assert.DoesNotMatch("NaN|Infinity|∞|E[+-]", attribute.Value);
        var width = page.Number("width");
        foreach (var circle in page.All("circle"))
        {
            Assert.InRange(circle.Number("cx"), 0, width);
            Assert.InRange(circle.Number("cy"), 0, page.Number("height"));
        }
        foreach (var bar in page.All("rect"))
            Assert.True(bar.Number("width") >= 0 && bar.Number("height") >= 0);
        // Nothing is loaded from elsewhere.
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName is "href" or "src" && !a.Value.StartsWith("data:image/png;base64,"));
        Assert.DoesNotContain("url(", page.ToString());
    }
}
