using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>Elements of SVG.</summary>
internal static class SvgMarkup
{
    /// <summary>Letters are this wide on average, as a share of their size, in the fonts that screens have.</summary>
    private const double LetterWidth = 0.56;

    public static XNamespace Namespace { get; } = "http://www.w3.org/2000/svg";

    /// <param name="name">Of the element.</param>
    /// <param name="look">Its CSS classes.</param>
    /// <param name="attributes">Numbers become coordinates.</param>
    public static XElement Element(string name, string? look, params IEnumerable<(string Name, object Value)> attributes) => new(Namespace + name,
        look is null ? null : new XAttribute("class", look),
        attributes.Select(a => new XAttribute(a.Name, a.Value is double number ? Number(number) : a.Value)));

    /// <summary>One line of text.</summary>
    /// <param name="text">What it says; letters that XML cannot have become U+FFFD.</param>
    /// <param name="x">Where it stands.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="look">Its CSS classes.</param>
    /// <param name="anchor">start, middle or end.</param>
    /// <param name="turn">Degrees, clockwise.</param>
    public static XElement Text(string text, double x, double y, string look, string anchor = "start", double turn = 0)
    {
        var element = Element("text", look, ("x", x), ("y", y));
        if (anchor != "start")
            element.Add(new XAttribute("text-anchor", anchor));
        if (turn != 0)
            element.Add(new XAttribute("transform", $"rotate({Number(turn)} {Number(x)} {Number(y)})"));
        element.Add(Clean(text));
        return element;
    }

    /// <summary>What is shown where the pointer rests on the element.</summary>
    public static XElement Title(string text) => new(Namespace + "title", Clean(text));

    /// <summary>A coordinate: two decimals.</summary>
    public static string Number(double value) => (Math.Round(value, 2) + 0.0).ToString(CultureInfo.InvariantCulture);

    /// <summary>About how wide a text is; the viewer's font decides.</summary>
    public static double Width(string text, double size) => text.EnumerateRunes().Sum(r => r.Value >= 0x1100 ? 1.0 : LetterWidth) * size;

    /// <summary>A text that is not longer than so many letters.</summary>
    public static string Fit(string text, int most)
    {
        var runes = text.EnumerateRunes().ToList();
        return runes.Count <= most ? text : string.Concat(runes.Take(most - 1)) + "…";
    }

    /// <summary>Names for a description: of many the first.</summary>
    public static string Listed(IEnumerable<string> names)
    {
        const int Most = 50;
        var list = names.ToList();
        return string.Join("; ", list.Take(Most)) + (list.Count > Most ? $"; and {list.Count - Most} more" : "");
    }

    /// <summary>Without the characters that XML cannot have.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // half a surrogate pair is U+FFFD already
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        return clean.ToString();
    }
}
