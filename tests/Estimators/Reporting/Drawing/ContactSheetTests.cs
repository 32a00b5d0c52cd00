using Fovea.Native;
using Fovea.Reporting;

namespace Fovea.Tests.Reporting;

public class ContactSheetTests
{
    private static Canvas Plain(int width, int height, Color color)
    {
        var canvas = new Canvas(width, height);
        canvas.Fill(0, 0, width, height, color);
        return canvas;
    }

    private static int Count(Canvas canvas, Color color) =>
        Enumerable.Range(0, canvas.Width * canvas.Height).Count(i => canvas[i % canvas.Width, i / canvas.Width] == color);

    [Fact]
    public void Paint_Tiles_AreEachShownWholeOnce()
    {
        var colors = Enumerable.Range(1, 7).Select(ColorMap.Voc.Of).ToArray();
        var sheet = new ContactSheet { Columns = 3, TileSize = 40, Tiles = [.. colors.Select(c => new SheetTile { Picture = Plain(80, 60, c) })] };
        var canvas = sheet.Paint();
        Assert.All(colors, c => Assert.Equal(40 * 30, Count(canvas, c)));
    }

    [Fact]
    public void Paint_ImagesOfAllShapes_FitTheirCells()
    {
        (int, int)[] sizes = [(1, 1), (1000, 3), (3, 1000), (28, 28), (257, 300)];
        var canvas = new ContactSheet { TileSize = 64, Tiles = [.. sizes.Select((s, i) => new SheetTile { Picture = Plain(s.Item1, s.Item2, ColorMap.Voc.Of(i + 1)), Caption = ["x"] })] }.Paint();
        for (var i = 0; i < sizes.Length; i++)
            Assert.True(Count(canvas, ColorMap.Voc.Of(i + 1)) > 0, $"{sizes[i]}");
        Assert.Equal(64 * 64, Count(canvas, ColorMap.Voc.Of(1)));
        Assert.Equal(56 * 56, Count(canvas, ColorMap.Voc.Of(4))); // a whole factor: 2
    }

    [Fact]
    public void Paint_NoTiles_IsATitleOnly()
    {
        var canvas = new ContactSheet { Title = "Nothing" }.Paint();
        Assert.True(canvas.Width > 100 && canvas.Height < 100);
        Assert.True(Count(canvas, Color.Ink) > 0);
    }

    [Fact]
    public void Paint_Everything_KeepsAWhiteMargin()
    {
        var box = new TileBox(-50, -50, 500, 500, "a long label that does not fit", ClassColors.Of(0), 0.5f);
        var tile = new SheetTile { Picture = Plain(100, 100, Color.Black), Caption = ["a caption too long for its tile", "and another one"], Boxes = [box], Marker = ClassColors.Of(1) };
        var sheet = new ContactSheet
        {
            Title = new string('T', 200),
            Subtitle = new string('s', 500),
            TileSize = 100,
            Columns = 2,
            Tiles = [tile, tile, tile],
            Legend = [.. Enumerable.Range(0, 30).Select(i => ($"a class with a long name {i} {new string('n', 100)}", ClassColors.Of(i)))],
        };
        var canvas = sheet.Paint();
        for (var y = 0; y < canvas.Height; y++)
            for (var x = 0; x < canvas.Width; x++)
                if (x < 15 || y < 15 || x >= canvas.Width - 15 || y >= canvas.Height - 15)
                    Assert.True(canvas[x, y] == Color.White, $"({x}, {y})");
    }

    [Fact]
    public void Paint_Box_OutlinesItsScaledSides()
    {
        var tile = new SheetTile { Picture = Plain(400, 400, Color.White), Boxes = [new TileBox(100, 50, 300, 250, null, new Color(1, 2, 3))] };
        var picture = new Canvas(200, 200);
        TilePainter.Draw(picture, tile, 0, 0, 200, 200);
        for (var y = 0; y < 200; y++)
            for (var x = 0; x < 200; x++)
            {
                var inside = x is >= 50 and < 150 && y is >= 25 and < 125;
                var onEdge = inside && (x < 52 || x >= 148 || y < 27 || y >= 123);
                var onLine = !inside && x is >= 49 and < 151 && y is >= 24 and < 126;
                Assert.Equal(onEdge ? new Color(1, 2, 3) : onLine ? Color.Black : Color.White, picture[x, y]);
            }
    }

    [Theory]
    [InlineData(float.NaN, 1, 2, 3)]
    [InlineData(float.PositiveInfinity, 1, 2, 3)]
    [InlineData(1e30f, 1e30f, 1e31f, 1e31f)]
    public void Paint_ImpossibleBox_DrawsTheImageOnly(float x0, float y0, float x1, float y1)
    {
        var tile = new SheetTile { Picture = Plain(50, 50, Color.White), Boxes = [new TileBox(x0, y0, x1, y1, null, Color.Black)] };
        var picture = new Canvas(50, 50);
        TilePainter.Draw(picture, tile, 0, 0, 50, 50);
        Assert.Equal(2500, Count(picture, Color.White));
    }

    [Theory]
    [InlineData(20, 20, 20, 20)] // without area
    [InlineData(30, 30, 20, 20)] // the wrong way round
    public void Paint_BoxWithoutArea_StillShows(float x0, float y0, float x1, float y1)
    {
        var tile = new SheetTile { Picture = Plain(50, 50, Color.White), Boxes = [new TileBox(x0, y0, x1, y1, null, ClassColors.Of(5))] };
        var picture = new Canvas(50, 50);
        TilePainter.Draw(picture, tile, 0, 0, 50, 50);
        Assert.True(Count(picture, ClassColors.Of(5)) >= 4);
    }

    [Fact]
    public void Text_BoxWithScore_HasTwoDecimals()
    {
        Assert.Equal("RBC 0.97", new TileBox(0, 0, 1, 1, "RBC", default, 0.9712f).Text);
        Assert.Equal("0.50", new TileBox(0, 0, 1, 1, null, default, 0.5f).Text);
        Assert.Equal("RBC", new TileBox(0, 0, 1, 1, "RBC", default).Text);
    }

    [SkippableFact]
    public void Save_Sheet_ReadsBackAsTheSamePixels()
    {
        Skip.IfNot(ImageCodec.IsAvailable, "the native codec is not here");
        using var folder = new TempFolder();
        var sheet = new ContactSheet { Title = "Round trip", Tiles = [new SheetTile { Picture = Plain(30, 20, new Color(9, 8, 7)), Caption = ["ok"] }] };
        sheet.Save(folder.File("sheet.png"));
        var pixels = ImageCodec.Decode(File.ReadAllBytes(folder.File("sheet.png")), new ImageRequest(), out var width, out _);
        Assert.Equal(sheet.Paint().Width, width);
        Assert.True(sheet.Paint().Pixels.SequenceEqual(pixels));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Save_OtherExtension_Throws() => Assert.Throws<ArgumentException>(() => new ContactSheet().Save("sheet.jpg"));

    [Fact]
    public void Save_NoFolder_Throws() => Assert.Throws<DirectoryNotFoundException>(() => new ContactSheet().Save("/no/such/folder/sheet.png"));
}
