using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>Figures below each other as one SVG, which needs nothing beside it.</summary>
internal sealed class ChartPage
{
    private const double Margin = 16;
    private const double Gap = 14;

    /// <summary>Above the figures, and the name of the picture.</summary>
    public required string Title { get; init; }

    /// <summary>A line below the title; null for none.</summary>
    public string? Subtitle { get; init; }

    /// <summary>From above.</summary>
    public required IReadOnlyList<IChart> Charts { get; init; }

    /// <summary>Of the figures in pixels; one that needs more makes the page wider.</summary>
    public double Width { get; init; } = 720;

    public XElement ToSvg()
    {
        var y = Margin + 16;
        var body = new List<XElement> { SvgMarkup.Text(Title, Margin, y, "fv-head") };
        if (Subtitle is not null)
            body.Add(SvgMarkup.Text(Subtitle, Margin, y += 20, "fv-label"));
        y += Gap;
        var width = Width;
        foreach (var chart in Charts)
        {
            var drawing = chart.Draw(Width);
            drawing.Content.SetAttributeValue("transform", $"translate({SvgMarkup.Number(Margin)} {SvgMarkup.Number(y)})");
            body.Add(drawing.Content);
            y += drawing.Height + Gap;
            width = Math.Max(width, drawing.Width);
        }
        width = Math.Max(width, SvgMarkup.Width(Title, 18)) + 2 * Margin;
        var (w, h) = (Math.Ceiling(width), Math.Ceiling(y));
        var svg = SvgMarkup.Element("svg", "fv", ("viewBox", $"0 0 {SvgMarkup.Number(w)} {SvgMarkup.Number(h)}"), ("width", w), ("height", h),
            ("style", "max-width:100%;height:auto"), ("role", "img"), ("aria-label", SvgMarkup.Clean(Title)));
        svg.Add(
            SvgMarkup.Title(Title),
            new XElement(SvgMarkup.Namespace + "desc", SvgMarkup.Clean(string.Join(" ", ((string?[])[Subtitle]).Where(s => s is not null).Concat(Charts.Select(c => c.Description))))),
            new XElement(SvgMarkup.Namespace + "style", "\n" + ChartStyle.Css + "\n"),
            SvgMarkup.Element("rect", "fv-ground", ("width", w), ("height", h)),
            body);
        return svg;
    }

    /// <summary>Pixels of a PNG for each of the SVG's: sharp on the screens there are and in print.</summary>
    private const float PngScale = 2;

    /// <summary>Writes an SVG or a PNG, as the file's ending has it, at once or not at all.</summary>
    /// <exception cref="ArgumentException">The path's extension is neither .svg nor .png.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path) => PictureFile.Save(path, () => new ChartPicture(PngScale).Draw(ToSvg()), ToSvg);
}
