using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>
/// Draws the elements that charts consist of as pixels: groups, rectangles, circles, paths of straight lines, texts and heat maps.
/// So a PNG shows what the SVG shows, from one drawing.
/// </summary>
/// <param name="scale">Pixels for each of the SVG's.</param>
internal sealed partial class ChartPicture(float scale)
{
    private Canvas _canvas = null!;

    /// <summary>The picture of a whole SVG.</summary>
    /// <param name="svg">As <see cref="ChartPage.ToSvg"/> makes it.</param>
    public Canvas Draw(XElement svg)
    {
        _canvas = new Canvas((int)Math.Ceiling(Number(svg, "width") * scale), (int)Math.Ceiling(Number(svg, "height") * scale));
        Children(svg, Matrix3x2.CreateScale(scale));
        return _canvas;
    }

    private void Children(XElement parent, Matrix3x2 transform)
    {
        foreach (var element in parent.Elements())
        {
            var placed = Transform(element) * transform;
            switch (element.Name.LocalName)
            {
                case "g": Children(element, placed); break;
                case "rect": Rectangle(element, placed); break;
                case "circle": Circle(element, placed); break;
                case "path": Path(element, placed); break;
                case "text": Text(element, placed); break;
                case "image": Image(element, placed); break;
                case "title" or "desc" or "style": break;
                case var other: throw new NotSupportedException($"A chart has an element '{other}', which cannot be drawn as pixels.");
            }
        }
    }

    private void Rectangle(XElement element, Matrix3x2 transform)
    {
        var shape = new Shape();
        shape.AddRectangle(Number(element, "x"), Number(element, "y"), Number(element, "width"), Number(element, "height"), transform);
        Fill(shape, ChartLook.Of(element));
    }

    private void Circle(XElement element, Matrix3x2 transform)
    {
        var shape = new Shape();
        shape.AddDisk(Vector2.Transform(new(Number(element, "cx"), Number(element, "cy")), transform), Number(element, "r") * scale);
        Fill(shape, ChartLook.Of(element));
    }

    private void Path(XElement element, Matrix3x2 transform)
    {
        var look = ChartLook.Of(element);
        if (look.Stroke is not { } color)
            return;
        var shape = new Shape();
        foreach (var line in Lines(element.Attribute("d")!.Value))
            Stroke.AddTo(shape, [.. line.Select(p => Vector2.Transform(p, transform))], (float)look.StrokeWidth * scale, [.. look.Dashes.Select(d => (float)d * scale)], look.IsRound);
        shape.Fill(_canvas, color);
    }

    private void Text(XElement element, Matrix3x2 transform)
    {
        var look = ChartLook.Of(element);
        var text = string.Concat(element.Nodes().OfType<XText>().Select(t => t.Value));
        var (letters, size) = (look.IsBold ? OutlineLettering.Bold : OutlineLettering.Normal, (float)look.FontSize);
        var before = ((string?)element.Attribute("text-anchor") switch { "middle" => 0.5f, "end" => 1f, _ => 0f }) * letters.Measure(text, size);
        var shape = new Shape();
        letters.AddTo(shape, text, Number(element, "x") - before, Number(element, "y"), size, transform);
        Fill(shape, look);
    }

    private void Image(XElement element, Matrix3x2 transform)
    {
        var heat = element.Annotation<ConfusionHeat>() ?? throw new NotSupportedException("A chart's picture cannot be drawn as pixels.");
        var start = Vector2.Transform(new(Number(element, "x"), Number(element, "y")), transform);
        var side = (int)Math.Round(heat.Side * scale);
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
            {
                var (color, strength) = heat.At(x * heat.Side / side, y * heat.Side / side);
                if (strength > 0)
                    _canvas.Blend((int)start.X + x, (int)start.Y + y, color, (int)Math.Round(255 * strength));
            }
    }

    private void Fill(Shape shape, ChartLook look)
    {
        if (look.Fill is { } color && look.FillOpacity > 0)
            shape.Fill(_canvas, color, look.FillOpacity);
    }

    private static Matrix3x2 Transform(XElement element)
    {
        if (element.Attribute("transform") is not { } attribute)
            return Matrix3x2.Identity;
        var numbers = NumberPattern().Matches(attribute.Value).Select(m => Parse(m.Value)).ToList();
        return attribute.Value.StartsWith("rotate", StringComparison.Ordinal)
            ? Matrix3x2.CreateRotation(numbers[0] * MathF.PI / 180, new(numbers[1], numbers[2]))
            : Matrix3x2.CreateTranslation(numbers[0], numbers[1]);
    }

    private static IEnumerable<List<Vector2>> Lines(string path)
    {
        List<Vector2> line = [];
        foreach (Match command in Command().Matches(path))
        {
            var numbers = NumberPattern().Matches(command.Groups[2].Value).Select(m => Parse(m.Value)).ToList();
            var at = line.Count > 0 ? line[^1] : Vector2.Zero;
            if (command.Groups[1].Value == "M")
            {
                if (line.Count > 0)
                    yield return line;
                line = [];
            }
            line.Add(command.Groups[1].Value switch
            {
                "M" or "L" => new(numbers[0], numbers[1]),
                "H" => at with { X = numbers[0] },
                "h" => at with { X = at.X + numbers[0] },
                "V" => at with { Y = numbers[0] },
                _ => at with { Y = at.Y + numbers[0] },
            });
        }
        if (line.Count > 0)
            yield return line;
    }

    private static float Number(XElement element, string attribute) => element.Attribute(attribute) is { } a ? Parse(a.Value) : 0;

    private static float Parse(string number) => float.Parse(number, CultureInfo.InvariantCulture);

    [GeneratedRegex("([MLHhVv])([^MLHhVv]*)")]
    private static partial Regex Command();

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex NumberPattern();
}
