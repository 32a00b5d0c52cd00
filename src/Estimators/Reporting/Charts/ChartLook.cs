using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>How an element of a chart looks on light ground, read from <see cref="ChartStyle.Css"/>, so that both kinds of file look alike.</summary>
internal sealed partial class ChartLook
{
    private static readonly List<(string Selector, Dictionary<string, string> Rules)> _style = Read();

    private readonly Dictionary<string, string> _rules = [];

    private ChartLook(XElement element)
    {
        string[] selectors = [element.Name.LocalName, .. ((string?)element.Attribute("class") ?? "").Split(' ').Select(c => $".{c}")];
        // The kind of element is told first, its classes in the order of the style.
        foreach (var (_, rules) in _style.Where(s => selectors.Contains(s.Selector)).OrderBy(s => s.Selector[0] == '.'))
            foreach (var (name, value) in rules)
                _rules[name] = value;
        if (element.Attribute("fill-opacity") is { } opacity)
            _rules["fill-opacity"] = opacity.Value;
    }

    /// <summary>Of an element.</summary>
    public static ChartLook Of(XElement element) => new(element);

    /// <summary>The color of its area; null for none.</summary>
    public Color? Fill => Paint("fill");

    /// <summary>How much that covers, 0 to 1.</summary>
    public double FillOpacity => Number("fill-opacity", 1);

    /// <summary>The color of its line; null for none.</summary>
    public Color? Stroke => Paint("stroke");

    public double StrokeWidth => Number("stroke-width", 1);

    /// <summary>Lengths of dashes and gaps; empty for a whole line.</summary>
    public IReadOnlyList<double> Dashes => _rules.TryGetValue("stroke-dasharray", out var dashes) ? [.. dashes.Split(' ').Select(Parse)] : [];

    public bool IsRound => _rules.GetValueOrDefault("stroke-linecap") == "round";

    /// <summary>Of letters, in pixels.</summary>
    public double FontSize => Number("font-size", 12);

    public bool IsBold => Number("font-weight", 400) >= 600;

    private Color? Paint(string name) => _rules.GetValueOrDefault(name) switch
    {
        null or "none" => null,
        "currentColor" => _rules.TryGetValue("color", out var color) ? Hex(color) : Color.Black,
        var color => Hex(color),
    };

    private double Number(string name, double otherwise) => _rules.TryGetValue(name, out var value) ? Parse(value) : otherwise;

    private static double Parse(string value) => double.Parse(value.Replace("px", ""), CultureInfo.InvariantCulture);

    private static Color Hex(string color)
    {
        // #abc is #aabbcc.
        var digits = color.Length == 4 ? string.Concat(color[1..].Select(c => $"{c}{c}")) : color[1..];
        var bytes = Convert.FromHexString(digits);
        return new(bytes[0], bytes[1], bytes[2]);
    }

    private static List<(string, Dictionary<string, string>)> Read()
    {
        var light = ChartStyle.Css[..ChartStyle.Css.IndexOf("@media", StringComparison.Ordinal)];
        return [.. from rule in Rule().Matches(light)
                   let rules = rule.Groups[2].Value.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(':', 2)).ToDictionary(r => r[0].Trim(), r => r[1].Trim())
                   from selector in rule.Groups[1].Value.Split(',')
                   // ".fv .fv-head" is about fv-head; what hangs on the pointer is not for a picture.
                   where !selector.Contains(":hover")
                   select (selector.Trim().Split(' ')[^1], rules)];
    }

    [GeneratedRegex(@"([^{}]+)\{([^{}]*)\}")]
    private static partial Regex Rule();
}
