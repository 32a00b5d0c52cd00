using System.Globalization;
using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>A report as one HTML file, which needs nothing beside it and runs no script.</summary>
internal sealed class HtmlReport
{
    private const double SmallFigure = 440, WideFigure = 760;

    /// <summary>More rows than these scroll in a frame of their own.</summary>
    private const int MostRowsInFull = 30;

    /// <summary>Pixels, as the style has them.</summary>
    private const int BetweenPictures = 8;

    private readonly HtmlMarkup _html = new();
    private readonly PictureSet _pictures;
    private readonly Dictionary<FigurePart, string> _drawn;
    private int _figures;

    private HtmlReport(PictureSet pictures, Dictionary<FigurePart, string> drawn) => (_pictures, _drawn) = (pictures, drawn);

    /// <param name="page">What is reported.</param>
    /// <param name="pictureSize">The longer side of a thumbnail, in pixels.</param>
    /// <param name="mostBytes">Of the file.</param>
    public static string Of(ReportPage page, int pictureSize, int mostBytes)
    {
        // All but the pictures' own bytes, which what is left is for. Figures are drawn once for both.
        var drawn = new Dictionary<FigurePart, string>(ReferenceEqualityComparer.Instance);
        var bare = new HtmlReport(PictureSet.Empty(page), drawn).Write(page);
        var left = mostBytes - System.Text.Encoding.UTF8.GetByteCount(bare);
        return new HtmlReport(PictureSet.Fit(page, pictureSize, left), drawn).Write(page);
    }

    private string Write(ReportPage page)
    {
        _html.Raw("<!DOCTYPE html>\n");
        _html.Open("html", ("lang", "en"));
        Head(page);
        _html.Open("body");
        _html.Open("header");
        _html.Element("h1", page.Title);
        _html.Element("p", page.Subtitle, ("class", "subtitle"));
        if (page.Headline.Count > 0)
            Headline(page.Headline);
        _html.Open("nav", ("aria-label", "Sections"));
        foreach (var section in page.Sections)
            _html.Element("a", section.Title, ("href", $"#{section.Key}"));
        _html.Close("nav");
        _html.Close("header");
        _html.Open("main");
        foreach (var section in page.Sections)
            Section(section);
        _html.Close("main");
        _html.Element("footer", string.Create(CultureInfo.InvariantCulture, $"Written by Fovea {Storage.ModelJson.LibraryVersion} on {page.Created:yyyy-MM-dd HH:mm} ({page.Created:zzz} from UTC). Figures and numbers tell more where the pointer rests."));
        _html.Close("body");
        _html.Close("html");
        return _html.ToString();
    }

    private void Head(ReportPage page)
    {
        _html.Raw("<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
            // Whatever a name in the report tried, nothing is loaded and nothing runs.
            + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';img-src data:;style-src 'unsafe-inline'\">\n<link rel=\"icon\" href=\"data:,\">\n");
        _html.Element("title", page.Title);
        _html.Raw($"<style>\n{HtmlStyle.Css}\n{ChartStyle.Css}\n</style>\n");
        _html.Close("head");
    }

    private void Headline(IReadOnlyList<ReportFact> facts)
    {
        _html.Open("dl", ("class", "headline"));
        List(facts);
    }

    private void Section(ReportSection section)
    {
        _html.Open("section", ("id", section.Key), ("aria-labelledby", $"{section.Key}-title"));
        _html.Element("h2", section.Title, ("id", $"{section.Key}-title"));
        var row = false;
        foreach (var part in section.Parts)
        {
            // Small figures that follow each other share a row.
            var isSmall = part is FigurePart { IsWide: false };
            if (isSmall && !row)
                _html.Open("div", ("class", "figures"));
            if (!isSmall && row)
                _html.Close("div");
            row = isSmall;
            Part(part);
        }
        if (row)
            _html.Close("div");
        _html.Close("section");
    }

    private void Part(ReportPart part)
    {
        switch (part)
        {
            case FactsPart facts: Facts(facts); break;
            case NotePart note: _html.Element("p", note.Text, ("class", note.IsWarning ? "warning" : "note"), ("data-key", note.Key)); break;
            case TablePart table: Table(table); break;
            case FigurePart figure: Figure(figure); break;
            case PicturesPart pictures: Pictures(pictures); break;
            default: throw new NotSupportedException($"{part.GetType().Name} has no HTML.");
        }
    }

    private void Facts(FactsPart part)
    {
        _html.Open("dl", ("class", "facts"), ("data-key", part.Key));
        List(part.Facts);
    }

    /// <summary>The rest of a list that is open.</summary>
    private void List(IReadOnlyList<ReportFact> facts)
    {
        foreach (var fact in facts)
        {
            _html.Open("div", ("data-key", fact.Key));
            _html.Element("dt", fact.Label);
            _html.Open("dd");
            _html.Value(fact.Value);
            _html.Close("dd");
            _html.Close("div");
        }
        _html.Close("dl");
    }

    private void Table(TablePart part)
    {
        if (part.Rows.Count == 0)
            return;
        var (rows, left) = part.Take(TablePart.MostRows);
        if (part.IsFolded)
        {
            _html.Open("details");
            _html.Element("summary", part.Title);
        }
        else
            _html.Element("h3", part.Title);
        _html.Open("div", ("class", rows.Count > MostRowsInFull ? "scroll tall" : "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", part.Title));
        _html.Open("table", ("data-key", part.Key));
        _html.Open("thead");
        _html.Open("tr");
        // A column is of numbers where its cells are, or are missing ones.
        var isNumber = part.Columns.Select((_, c) => part.Rows.Any(r => r[c].Number is not null)).ToArray();
        foreach (var (i, column) in part.Columns.Index())
            _html.Element("th", column.Title, ("scope", "col"), ("class", isNumber[i] ? "n" : null), ("data-key", column.Key));
        _html.Close("tr");
        _html.Close("thead");
        _html.Open("tbody");
        foreach (var row in rows)
        {
            _html.Open("tr");
            foreach (var (i, value) in row.Index())
                Cell(part.Columns[i], value, i == 0, isNumber[i]);
            _html.Close("tr");
        }
        _html.Close("tbody");
        _html.Close("table");
        _html.Close("div");
        if (left is not null)
            _html.Element("p", left, ("class", "note"));
        if (part.IsFolded)
            _html.Close("details");
    }

    private void Cell(TableColumn column, ReportValue value, bool isHead, bool isNumber)
    {
        var tag = isHead && !isNumber ? "th" : "td";
        var bar = column.HasBar && value.Number is { } share && double.IsFinite(share) ? string.Create(CultureInfo.InvariantCulture, $"--s:{100 * Math.Clamp(share, 0, 1):0.#}%") : null;
        _html.Open(tag, ("scope", tag == "th" ? "row" : null), ("class", bar is not null ? "n bar" : isNumber ? "n" : null), ("style", bar));
        _html.Value(value);
        _html.Raw($"</{tag}>");
    }

    private void Figure(FigurePart part)
    {
        _html.Open("figure", ("class", part.IsWide ? "chart wide" : "chart"), ("data-key", part.Key));
        if (part.IsWide)
            _html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", part.Chart.Title));
        var id = string.Create(CultureInfo.InvariantCulture, $"figure{++_figures}");
        if (!_drawn.TryGetValue(part, out var svg))
            _drawn[part] = svg = InlineChart.ToSvg(part.Chart, part.IsWide ? WideFigure : SmallFigure, id).ToString(SaveOptions.DisableFormatting);
        _html.Raw(svg);
        if (part.IsWide)
            _html.Close("div");
        _html.Close("figure");
    }

    private void Pictures(PicturesPart part)
    {
        if (part.Groups.Count == 0)
            return;
        _html.Element("h3", part.Title);
        if (part.Note is not null)
            _html.Element("p", part.Note, ("class", "note"));
        if (part.Legend.Count > 0)
        {
            _html.Open("ul", ("class", "legend"));
            foreach (var (name, color) in part.Legend)
            {
                _html.Open("li");
                _html.Element("span", "", ("style", $"background:{color}"));
                _html.Text(name);
                _html.Close("li");
            }
            _html.Close("ul");
        }
        var kept = part.Groups.Where(_pictures.Has).ToList();
        _html.Open("div", ("class", part.Groups.Max(g => g.Pictures.Count) > 1 ? "strip groups" : "strip"), ("data-key", part.Key));
        foreach (var group in kept)
            Group(group);
        _html.Close("div");
        if (_pictures.IsShrunk || kept.Count < part.Groups.Count)
            _html.Element("p", kept.Count < part.Groups.Count
                ? $"{part.Groups.Count - kept.Count} of {part.Groups.Count} were left out and the others shrunk, to keep the file below {ReportValue.Count(_pictures.MostBytes).Text} bytes of pictures."
                : $"Shrunk, to keep the file below its size.", ("class", "note left"));
    }

    private void Group(PictureGroup group)
    {
        var shown = group.Pictures.Select(p => (Picture: p, Shown: _pictures.Of(p))).ToList();
        _html.Open("figure", ("class", "group"), ("style", $"--g:{shown.Sum(s => s.Shown.Width) + BetweenPictures * (shown.Count - 1)}px"));
        _html.Open("div", ("class", "panes"));
        foreach (var (picture, (source, width, height)) in shown)
        {
            _html.Open("div", ("class", "pane"), ("style", $"--w:{width}px"));
            _html.Picture(source, ("alt", picture.Words), ("title", picture.Words), ("width", $"{width}"), ("height", $"{height}"), ("class", _pictures.IsEnlarged(picture) ? "pixels" : null));
            if (picture.Label.Length > 0)
                _html.Element("span", picture.Label);
            _html.Close("div");
        }
        _html.Close("div");
        _html.Open("figcaption");
        if (group.Name.Length > 0)
            _html.Element("b", group.Name);
        foreach (var fact in group.Facts)
        {
            _html.Open("span", ("data-key", fact.Key));
            _html.Text($"{fact.Label} ");
            _html.Value(fact.Value);
            _html.Close("span");
        }
        _html.Close("figcaption");
        _html.Close("figure");
    }
}
