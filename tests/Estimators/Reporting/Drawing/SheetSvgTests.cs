using System.Xml.Linq;
using Fovea.Native;
using Fovea.Reporting;
using Fovea.Tests.Reporting.Charts;
using Fovea.Tests.Reporting.Report;

namespace Fovea.Tests.Reporting;

/// <summary>Sheets as SVG: the layout of the PNG, with its words as text and its boxes as shapes.</summary>
public class SheetSvgTests
{
    private static readonly TileBox _box = new(10, 20, 30, 40, "cat", new Color(1, 2, 3), 0.75f);

    private static SheetTile Tile(int width, int height, int seed = 0) => new() { Picture = Noise(width, height, seed), Caption = [$"{seed}.png", "a line"] };

    private static Canvas Noise(int width, int height, int seed)
    {
        var pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        return new Canvas(width, height, 3, pixels);
    }

    private static XElement Read(Sheet sheet) => XDocument.Parse(sheet.ToSvg().ToString(SaveOptions.DisableFormatting)).Root!;

    private static Canvas Decode(XElement image)
    {
        const string Before = "data:image/png;base64,";
        var address = image.Attribute("href")!.Value;
        Assert.StartsWith(Before, address);
        var pixels = ImageCodec.Decode(Convert.FromBase64String(address[Before.Length..]), new ImageRequest(), out var width, out var height);
        return new Canvas(width, height, 3, pixels);
    }

    [SkippableTheory]
    [InlineData(48, 48, false)]   // as large as its place
    [InlineData(200, 100, false)] // shrunk to it
    [InlineData(10, 12, false)]   // enlarged by the viewer
    [InlineData(48, 48, true)]
    [InlineData(10, 12, true)]
    public void ToSvg_Tiles_HaveThePixelsOfThePng(int width, int height, bool isMasked)
    {
        Skip.IfNot(ImageCodec.IsAvailable, "the native codec is not here");
        var mask = isMasked ? new TileMask([.. Enumerable.Range(0, width * height).Select(i => (byte)(i % 3))], width, height, [null, new Color(9, 200, 9), Color.White], 0.5) : null;
        var sheet = new ContactSheet { Title = "Sheet", TileSize = 48, Columns = 2, Tiles = [.. Enumerable.Range(0, 3).Select(i => Tile(width, height, i) with { Mask = mask })] };
        var (svg, painted) = (Read(sheet), sheet.Paint());
        Assert.Equal((painted.Width, painted.Height), ((int)svg.Number("width"), (int)svg.Number("height")));
        var parts = svg.All("svg").ToList();
        Assert.Equal(3, parts.Count);
        foreach (var part in parts)
        {
            var image = Assert.Single(part.All("image"));
            var (x0, y0, w, h) = ((int)part.Number("x"), (int)part.Number("y"), (int)image.Number("width"), (int)image.Number("height"));
            Assert.Equal((part.Number("width"), part.Number("height")), (image.Number("width"), image.Number("height")));
            var picture = Decode(image);
            // A small picture's pixels are repeated by a whole factor.
            for (var y = 0; y < h; y++)
                for (var x = 0; x < w; x++)
                    Assert.Equal(painted[x0 + x, y0 + y], picture[x * picture.Width / w, y * picture.Height / h]);
            if (picture.Width < w)
                Assert.Equal("fv-pixels", image.Attribute("class")!.Value);
        }
        Assert.Equal(["0.png; a line", "1.png; a line", "2.png; a line"], parts.Select(p => p.Hover()));
    }

    [Fact]
    public void ToSvg_Boxes_AreShapesWithTheirWords()
    {
        var svg = Read(new ContactSheet { TileSize = 200, Tiles = [Tile(100, 100) with { Boxes = [_box] }] });
        var part = Assert.Single(svg.All("svg"));
        var box = part.All("rect").Single(r => (string?)r.Attribute("stroke") == "#010203");
        // Twice as large, and its line within it.
        var half = box.Number("stroke-width") / 2;
        Assert.Equal((20, 40, 60, 80), (box.Number("x") - half, box.Number("y") - half, box.Number("x") + box.Number("width") + half, box.Number("y") + box.Number("height") + half));
        Assert.Equal("cat 0.75", box.Hover());
        var label = part.All("text").Single();
        Assert.Equal(("cat 0.75", "#ffffff"), (label.Value, label.Attribute("fill")!.Value));
        Assert.Contains(part.All("rect"), r => (string?)r.Attribute("fill") == "#010203"); // behind the label
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("Ærø \"x\" & 猫")]
    [InlineData("'; --> ]]> &amp; \u0001 😀")]
    public void ToSvg_AnyName_IsShownAsText(string name)
    {
        var sheet = new ContactSheet
        {
            Title = name, Subtitle = name, TileSize = 400, Tiles = [Tile(400, 400) with { Caption = [name], Boxes = [_box with { Label = name, Score = null }] }], Legend = [(name, Color.Black)],
        };
        var svg = Read(sheet);
        var shown = name.Replace('\u0001', '\ufffd'); // which XML cannot hold
        Assert.Equal(5, svg.All("text").Count(t => t.Value == shown)); // title, subtitle, label, caption, legend
        Assert.Equal(shown, svg.Hover());
        Assert.Equal(shown, svg.Attribute("aria-label")!.Value);
        Assert.Contains(shown, svg.Words());
        Assert.Empty(svg.All("script"));
    }

    [Fact]
    public void ToSvg_Sheet_IsNamedLoadsNothingAndStaysWithinItself()
    {
        var sheet = new ContactSheet
        {
            Subtitle = new string('s', 500), TileSize = 96, Tiles = [.. Enumerable.Range(0, 60).Select(i => Tile(8, 8, i))], Legend = [.. Enumerable.Range(0, 30).Select(i => ($"class {i}", ClassColors.Of(i)))],
        };
        var svg = Read(sheet);
        Charts.Charts.AssertSound(svg);
        Assert.Equal("60 pictures", svg.Hover());
        Assert.Contains("49.png, a line; and 10 more.", svg.Words());
        Assert.Contains("class 0; class 1;", svg.Words());
        foreach (var text in svg.Elements().Where(e => e.Name.LocalName == "text"))
            Assert.True(text.Number("x") >= 16 && text.Number("x") + text.Number("textLength") <= svg.Number("width") - 16, text.Value);
        // Words on the sheet's ground change with it; all others keep their colors.
        Assert.All(svg.Elements().Where(e => e.Name.LocalName == "text"), t => Assert.Contains((string?)t.Attribute("class"), (string?[])["fv-ink", "fv-faded"]));
    }

    [SkippableFact]
    public void ToSvg_Grids_HaveEveryPictureAndLabel()
    {
        Skip.IfNot(ImageCodec.IsAvailable, "the native codec is not here");
        var pictures = Enumerable.Range(0, 6).Select(i => Noise(28, 28, i)).ToList();
        var svg = Read(new ImageGrid { Title = "Reconstructions", Subtitle = "six of them", Rows = [new("original", pictures[..3]), new("reconstruction", pictures[3..])] });
        Charts.Charts.AssertSound(svg);
        Assert.All(svg.All("image").Zip(pictures), p => Assert.True(Decode(p.First).Pixels.SequenceEqual(p.Second.Pixels)));
        Assert.Equal(["Reconstructions", "six of them", "original", "reconstruction"], svg.All("text").Select(t => t.Value));
        Assert.Equal("six of them. 6 pictures in 2 rows: original; reconstruction.", svg.Words());
        var grid = Read(new PictureGrid(pictures, 4));
        Assert.Equal(6, grid.All("image").Count());
        Assert.Equal([2, 60, 118, 176, 2, 60], grid.All("image").Select(i => i.Number("x"))); // twice as large, and gaps of 2
    }

    [Fact]
    public void Save_OtherExtension_NamesBothThatArePossible()
    {
        var error = Assert.Throws<ArgumentException>(() => new ContactSheet().Save("sheet.jpg"));
        Assert.All([".svg", ".png", "'.jpg'"], part => Assert.Contains(part, error.Message));
        using var folder = new TempFolder();
        new ContactSheet { Title = "Nothing" }.Save(folder.File("sheet.SVG"));
        Assert.Equal("Nothing", XDocument.Load(folder.File("sheet.SVG")).Root!.Hover());
    }

    [SkippableFact]
    public void Save_Svg_IsDrawnByABrowserAsItWasMeasured()
    {
        using var browser = new Browser();
        using var folder = new TempFolder();
        var path = folder.File("sheet.svg");
        new ContactSheet { Title = "Ærø \"x\" & 猫", Subtitle = "long and WIDE, iiiiii", TileSize = 200, Tiles = [Tile(100, 80) with { Boxes = [_box] }, Tile(40, 200, 1)], Legend = [("cat", Color.Black)] }.Save(path);
        foreach (var isDark in new[] { false, true })
        {
            var (value, errors, requests) = browser.Look(path, 1280, isDark, """
                (() => {
                  const box = e => e.getBoundingClientRect();
                  return {
                    off: [...document.querySelectorAll('text')].map(t => Math.abs(t.getBBox().width - t.getAttribute('textLength'))).reduce((a, b) => Math.max(a, b)),
                    images: [...document.querySelectorAll('image')].filter(i => box(i).width > 0 && box(i).height > 0).length,
                    ground: getComputedStyle(document.querySelector('.fv-ground')).fill,
                    ink: getComputedStyle(document.querySelector('.fv-ink')).fill,
                  };
                })()
                """);
            Assert.Empty(errors);
            Assert.Empty(requests);
            Assert.Equal(2, (int)value["images"]!);
            Assert.InRange((double)value["off"]!, 0, 2); // the last letter's own room
            Assert.Equal(isDark ? ("rgb(22, 24, 28)", "rgb(241, 243, 244)") : ("rgb(255, 255, 255)", "rgb(32, 33, 36)"), ((string)value["ground"]!, (string)value["ink"]!));
        }
    }
}
