using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>Draws as SVG: letters as text, boxes as shapes, pictures as PNG within the file, none of their pixels changed.</summary>
internal sealed class SvgPaper : IPaper
{
    // The letters were measured in DejaVu Sans; Verdana is as wide. A text is as wide as it was measured in any other font too.
    private static readonly string _style = $$"""

        .fv-sheet text{font-family:"DejaVu Sans",Verdana,system-ui,sans-serif;white-space:pre}
        .fv-sheet .fv-ink{fill:{{Color.Ink}}}
        .fv-sheet .fv-faded{fill:{{Color.Faded}}}
        .fv-sheet .fv-pixels{image-rendering:pixelated}
        .fv-sheet>.fv-ground{fill:#fff}
        @media screen and (prefers-color-scheme:dark){
        .fv-sheet .fv-ink{fill:#f1f3f4}
        .fv-sheet .fv-faded{fill:#c4c7cc}
        .fv-sheet>.fv-ground{fill:#16181c}
        }

        """.Replace("\r", "");

    private readonly XElement _content;
    private readonly int _width, _height;

    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public SvgPaper(int width, int height)
    {
        (_width, _height) = (width, height);
        _content = SvgMarkup.Element("svg", null, ("width", width), ("height", height));
    }

    /// <summary>The file's content.</summary>
    /// <param name="name">Of the picture.</param>
    /// <param name="words">What it shows.</param>
    public XElement ToSvg(string name, string words)
    {
        var svg = SvgMarkup.Element("svg", "fv-sheet", ("viewBox", $"0 0 {_width} {_height}"), ("width", _width), ("height", _height),
            ("style", "max-width:100%;height:auto"), ("role", "img"), ("aria-label", SvgMarkup.Clean(name)));
        svg.Add(
            SvgMarkup.Title(name),
            new XElement(SvgMarkup.Namespace + "desc", SvgMarkup.Clean(words)),
            new XElement(SvgMarkup.Namespace + "style", _style),
            SvgMarkup.Element("rect", "fv-ground", ("width", _width), ("height", _height)),
            _content.Elements());
        return svg;
    }

    public void Fill(int x0, int y0, int x1, int y1, Color color)
    {
        if (x0 < x1 && y0 < y1)
            _content.Add(SvgMarkup.Element("rect", null, ("x", x0), ("y", y0), ("width", x1 - x0), ("height", y1 - y0), ("fill", color)));
    }

    public void Outline(int x0, int y0, int x1, int y1, int thickness, Color color, string? words)
    {
        // A rectangle thinner than its two edges is filled by them, not exceeded.
        var edge = Math.Min(thickness, Math.Min(x1 - x0, y1 - y0) / 2.0);
        var rectangle = SvgMarkup.Element("rect", null, ("x", x0 + edge / 2), ("y", y0 + edge / 2), ("width", x1 - x0 - edge), ("height", y1 - y0 - edge),
            ("fill", "none"), ("stroke", color), ("stroke-width", edge));
        if (words is not null)
        {
            rectangle.SetAttributeValue("pointer-events", "all"); // its inside too, though it is not filled
            rectangle.Add(SvgMarkup.Title(words));
        }
        _content.Add(rectangle);
    }

    public void Write(Lettering lettering, int x, int y, string text, Color color)
    {
        if (string.IsNullOrWhiteSpace(text))
            return;
        var look = color == Color.Ink ? "fv-ink" : color == Color.Faded ? "fv-faded" : null;
        var element = SvgMarkup.Element("text", look, ("x", x), ("y", y + lettering.Ascent), ("font-size", lettering.Size), ("textLength", lettering.Measure(text)), ("lengthAdjust", "spacingAndGlyphs"));
        if (lettering.IsBold)
            element.SetAttributeValue("font-weight", "bold");
        if (look is null)
            element.SetAttributeValue("fill", color);
        element.Add(SvgMarkup.Clean(text.ReplaceLineEndings(" ")));
        _content.Add(element);
    }

    public void Draw(Canvas picture, int x, int y, int width, int height)
    {
        // The viewer repeats the pixels of a small one as well as we could.
        var isEnlarged = picture.Width < width && picture.Height < height;
        var shown = isEnlarged ? picture : picture.Scaled(width, height);
        _content.Add(SvgMarkup.Element("image", isEnlarged ? "fv-pixels" : null, ("x", x), ("y", y), ("width", width), ("height", height),
            ("preserveAspectRatio", "none"), ("href", PictureData.Exactly(shown))));
    }

    public void Part(int x, int y, int width, int height, string words, Action<IPaper> draw)
    {
        var part = new SvgPaper(width, height);
        part._content.SetAttributeValue("x", x);
        part._content.SetAttributeValue("y", y);
        if (words.Length > 0)
            part._content.Add(SvgMarkup.Title(words));
        draw(part);
        _content.Add(part._content);
    }
}
