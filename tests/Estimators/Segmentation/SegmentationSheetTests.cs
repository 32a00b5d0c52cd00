using System.Xml.Linq;
using Fovea.Data;
using Fovea.Reporting;
using Fovea.Segmentation;
using Fovea.Tests.Classification;
using Fovea.Tests.Data;
using Fovea.Tests.Reporting.Charts;
using Microsoft.ML;

namespace Fovea.Tests.Segmentation;

public sealed class SegmentationSheetTests : IDisposable
{
    private const int Side = 64;

    private static readonly MLContext _ml = new(1);
    private static readonly MaskClasses _classes = new("sky", "road") { IgnoreIndex = 255 };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Images whose right half is road; of the prediction so many rows are all sky, and the last row of the truth counts nowhere.</summary>
    private IDataView View(params int[] wrongRows)
    {
        var truth = Pixels((x, y) => y == Side - 1 ? (byte)255 : x < Side / 2 ? (byte)0 : (byte)1);
        return new ListView.Builder()
            .Text("Image", [.. wrongRows.Select((_, i) => _folder.Write($"{i}.png", Png.Encode(Side, Side, 1, Pixels((x, _) => (byte)(x * 4)))))])
            .Mask(_classes, [.. wrongRows.Select((_, i) => _folder.Write($"truth{i}.png", Png.Encode(Side, Side, 1, truth)))])
            .Mask(_classes, [.. wrongRows.Select((n, i) => _folder.Write($"prediction{i}.png", Png.Encode(Side, Side, 1, Pixels((x, y) => x < Side / 2 || y < n ? (byte)0 : (byte)1))))], "PredictedMask")
            .Build();
    }

    private static byte[] Pixels(Func<int, int, byte> value) => [.. Enumerable.Range(0, Side * Side).Select(i => value(i % Side, i / Side))];

    [Fact]
    public void Make_WorstFirst_OrdersByMeanIoU()
    {
        var (sheet, _) = SegmentationSheet.Make(View(3, 30, 0, 12, 12), new() { TileSize = Side, Images = 4 });
        Assert.Equal(["1.png", "3.png", "4.png", "0.png"], Captions(sheet, tile: 0));
        Assert.Equal("the 4 worst of 5 images; over all: pixel accuracy 0.910, mean IoU 0.833", sheet.Subtitle); // 57 of 630 half rows are wrong: 573/630; (315/372 + 258/315)/2
        // 30 of 63 rows of the road are taken for sky: IoU 63/93 and 33/63.
        Assert.Equal(["errors: mean IoU 0.601", "pixel accuracy 0.762"], sheet.Tiles[3].Caption);
        Assert.Equal(["prediction", "lowest IoU: road 0.524"], sheet.Tiles[2].Caption);
    }

    [Fact]
    public void Make_InDataOrder_ShowsTheFirst()
    {
        var (sheet, _) = SegmentationSheet.Make(View(3, 30, 0, 12), new() { TileSize = Side, Images = 2, WorstFirst = false });
        Assert.Equal(["0.png", "1.png"], Captions(sheet, tile: 0));
        Assert.StartsWith("the first 2 of 4 images; over all", sheet.Subtitle);
    }

    [Fact]
    public void Make_ErrorTile_ShowsWrongIgnoredAndDimPixels()
    {
        var (sheet, _) = SegmentationSheet.Make(View(10), new() { TileSize = Side });
        var error = sheet.Tiles[3].Picture;
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
            {
                var dim = (byte)(14 + 70.0 / 255 * (x * 4));
                var expected = y == Side - 1 ? ErrorPicture.Ignored : x >= Side / 2 && y < 10 ? ErrorPicture.Wrong : new Color(dim, dim, dim);
                Assert.True(Math.Abs(expected.R - error[x, y].R) <= 1 && expected.G - error[x, y].G is >= -1 and <= 1, $"({x}, {y})"); // weights of luminance are rounded
            }
        Assert.Equal(["sky", "road", "wrong", "does not count"], sheet.Legend.Select(e => e.Name));
    }

    [Fact]
    public void Make_LargeImages_AreShrunkToTheTile()
    {
        var view = View(0);
        foreach (var name in new[] { "0.png", "truth0.png", "prediction0.png" })
            _folder.Write(name, Png.Encode(200, 100, 1, [.. Enumerable.Range(0, 200 * 100).Select(i => i % 200 < 100 ? (byte)0 : (byte)1)]));
        var (sheet, _) = SegmentationSheet.Make(view, new() { TileSize = 64 });
        Assert.All(sheet.Tiles, t => Assert.Equal((64, 32), (t.Picture.Width, t.Picture.Height)));
        Assert.Equal(Enumerable.Range(0, 64 * 32).Select(i => i % 64 < 32 ? (byte)0 : (byte)1), sheet.Tiles[1].Mask!.Classes);
        Assert.Equal(["0.png", "200 x 100"], sheet.Tiles[0].Caption);
    }

    [Fact]
    public void Make_NothingCountsInAnImage_ComesLast()
    {
        var view = View(0, 5);
        _folder.Write("truth0.png", Png.Encode(Side, Side, 1, Pixels((_, _) => 255)));
        var (sheet, metrics) = SegmentationSheet.Make(view, new() { TileSize = Side });
        Assert.Equal(["1.png", "0.png"], Captions(sheet, tile: 0));
        Assert.Equal("no pixel counts", sheet.Tiles[6].Caption[1]);
        Assert.Equal(Side * (Side - 1), metrics.Pixels);
    }

    [Fact]
    public void SaveSegmentationSheet_View_WritesAPictureAndGivesTheMetrics()
    {
        var view = View(3, 30);
        var metrics = _ml.Vision.SaveSegmentationSheet(view, _folder.File("sheet.png"), new() { Title = "Streets", Colors = ColorMap.Cityscapes, TileSize = 64 });
        Assert.Equal(_ml.Vision.EvaluateSegmentation(view).Counts, metrics.Counts);
        Assert.Equal([137, 80, 78, 71], File.ReadAllBytes(_folder.File("sheet.png"))[..4]);
        _ml.Vision.SaveSegmentationSheet(view, _folder.File("sheet.svg"), new() { TileSize = 64 });
        Assert.Equal(2 * 4, XDocument.Load(_folder.File("sheet.svg")).Root!.All("image").Count());
    }

    [Fact]
    public void SaveSegmentationSheet_BadInput_SaysWhy()
    {
        var view = View(3);
        Assert.Contains(".svg or .png", Assert.Throws<ArgumentException>(() => _ml.Vision.SaveSegmentationSheet(view, "sheet.jpg")).Message);
        var options = Assert.Throws<ArgumentException>(() => _ml.Vision.SaveSegmentationSheet(view, "sheet.png", new() { Images = 0, TileSize = 10, MaskOpacity = 2, Evaluation = new() { Threshold = 1 } }));
        foreach (var part in new[] { "Images must be 1 to 500; it is 0", "TileSize must be 64 to 2048 pixels; it is 10", "MaskOpacity must be 0 to 1; it is 2", "Evaluation.Threshold must lie" })
            Assert.Contains(part, options.Message);
        Assert.Contains("no mask column 'PredictedMask'", Assert.Throws<ArgumentException>(() => _ml.Vision.SaveSegmentationSheet(_ml.Transforms.DropColumns("PredictedMask").Fit(view).Transform(view), _folder.File("sheet.png"))).Message);
        Assert.Contains("no rows", Assert.Throws<InvalidDataException>(() => _ml.Vision.SaveSegmentationSheet(View(), _folder.File("sheet.png"))).Message);
        _folder.Write("0.png", Png.Encode(Side, 2, 1, new byte[Side * 2]));
        Assert.Contains("but its image has 64 x 2", Assert.Throws<InvalidDataException>(() => _ml.Vision.SaveSegmentationSheet(view, _folder.File("sheet.png"))).Message);
        Assert.False(File.Exists(_folder.File("sheet.png")));
    }

    private static IEnumerable<string> Captions(ContactSheet sheet, int tile) => sheet.Tiles.Chunk(4).Select(row => row[tile].Caption[0]);
}
