using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>A figure as part of an HTML page that has the style of <see cref="ChartStyle"/>.</summary>
internal static class InlineChart
{
    /// <param name="chart">Of any kind.</param>
    /// <param name="width">In pixels; the page may scale it.</param>
    /// <param name="id">One of a kind on the page: the names of title and description begin with it.</param>
    public static XElement ToSvg(IChart chart, double width, string id)
    {
        var drawing = chart.Draw(width);
        var (w, h) = (Math.Ceiling(drawing.Width), Math.Ceiling(drawing.Height));
        var svg = SvgMarkup.Element("svg", "fv", ("viewBox", $"0 0 {SvgMarkup.Number(w)} {SvgMarkup.Number(h)}"), ("width", w), ("height", h), ("role", "img"), ("aria-labelledby", $"{id}-title {id}-words"));
        var title = SvgMarkup.Title(chart.Title);
        title.SetAttributeValue("id", $"{id}-title");
        svg.Add(title, new XElement(SvgMarkup.Namespace + "desc", new XAttribute("id", $"{id}-words"), SvgMarkup.Clean(chart.Description)), drawing.Content);
        return svg;
    }
}
