using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Fovea.Reporting;

/// <summary>Writes HTML. All that comes from outside is escaped here.</summary>
internal sealed class HtmlMarkup
{
    private static readonly HtmlEncoder _encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new();

    public void Open(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _text.Append('<').Append(tag);
        Attributes(attributes);
    }

    /// <summary>A picture whose address is its own data: letters, digits and signs that mean nothing in HTML, which escaping would only make longer.</summary>
    public void Picture(string address, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _text.Append("<img src=\"").Append(address).Append('"');
        Attributes(attributes);
    }

    public void Close(string tag) => _text.Append("</").Append(tag).Append(">\n");

    public void Text(string text) => _text.Append(_encoder.Encode(SvgMarkup.Clean(text)));

    /// <summary>An element that holds text alone.</summary>
    public void Element(string tag, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Open(tag, attributes);
        Text(text);
        Close(tag);
    }

    /// <summary>Markup that is already escaped.</summary>
    public void Raw(string markup) => _text.Append(markup);

    /// <summary>A value, with its number in full for machines.</summary>
    public void Value(ReportValue value)
    {
        if (value.Number is not { } number || !double.IsFinite(number))
        {
            Text(value.Text);
            return;
        }
        Open("data", ("value", number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
        Text(value.Text);
        _text.Append("</data>");
    }

    public override string ToString() => _text.ToString();

    private void Attributes(ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        foreach (var (name, value) in attributes)
            if (value is not null)
                _text.Append(' ').Append(name).Append("=\"").Append(_encoder.Encode(SvgMarkup.Clean(value))).Append('"');
        _text.Append('>');
    }
}
