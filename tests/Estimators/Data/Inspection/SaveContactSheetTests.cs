using Fovea.Data;
using Fovea.Native;
using Fovea.Reporting;
using Fovea.Tests.Classification;
using Microsoft.ML;

namespace Fovea.Tests.Data;

public class SaveContactSheetTests
{
    private static readonly MLContext Ml = new(1);

    private static IDataView Labelled(TempFolder folder, int rows) => new ListView.Builder()
        .Text("Image", [.. Enumerable.Range(0, rows).Select(i => folder.Write($"{i}.png", Photos.File(i)))])
        .Label(["rare", "frequent"], [.. Enumerable.Range(0, rows).Select(i => i % 10 == 9 ? 0 : 1)]).Build();

    [SkippableFact]
    public void SaveContactSheet_View_WritesAPng()
    {
        Skip.IfNot(ImageCodec.IsAvailable, "the native codec is not here");
        using var folder = new TempFolder();
        var view = Labelled(folder, 30);
        Ml.Vision.Data.SaveContactSheet(view, folder.File("sheet.png"), new() { Images = 6, Columns = 3, TileSize = 64, Title = "Samples" });
        var header = ImageCodec.Probe(File.ReadAllBytes(folder.File("sheet.png")));
        Assert.True(header.Width > 3 * 64 && header.Height > 2 * 48);
        var report = Ml.Vision.Data.Inspect([("train", view), ("test", view)]);
        report.SaveContactSheet(folder.File("report.png"), new() { Images = 5, TileSize = 64 });
        Assert.True(File.Exists(folder.File("report.png")));
    }

    [Fact]
    public void Choose_RareClass_IsSeenAsOftenAsTheFrequentOne()
    {
        using var folder = new TempFolder();
        var view = Labelled(folder, 100);
        var chosen = SampleRows.Choose(view, view.Schema["Label"], 12, null, 0);
        Assert.Equal(6, chosen.Labels.Values.Count(l => l == 0));
        Assert.Equal(12, chosen.Rows.Distinct().Count());
        Assert.Equal(chosen.Rows, SampleRows.Choose(view, view.Schema["Label"], 12, null, 0).Rows);
        Assert.NotEqual(chosen.Rows, SampleRows.Choose(view, view.Schema["Label"], 12, null, 1).Rows);
        Assert.Equal(100, SampleRows.Choose(view, view.Schema["Label"], 500, null, 0).Rows.Count);
    }

    [Fact]
    public void Make_GivenRows_ShowsThemInTheirOrder()
    {
        using var folder = new TempFolder();
        var sheet = SampleSheet.Make([("", Labelled(folder, 30))], new() { Rows = [9, 3, 9] });
        Assert.Equal(["rare", "frequent", "rare"], sheet.Tiles.Select(t => t.Caption[0]));
        Assert.Equal(["9.png", "3.png", "9.png"], sheet.Tiles.Select(t => t.Caption[1]));
        Assert.True(sheet.Tiles[0].Picture.Pixels.SequenceEqual(Photos.Rgb(9)));
    }

    [Fact]
    public void Make_UnreadableImageAndMissingLabel_AreShownAsSuch()
    {
        using var folder = new TempFolder();
        var view = new ListView.Builder().Text("Image", [folder.Write("a.png", [1, 2, 3]), folder.File("none.png")]).Label(["a"], [0, -1]).Build();
        var sheet = SampleSheet.Make([("", view)], new() { Rows = [0, 1] });
        Assert.Equal(["a", "no label"], sheet.Tiles.Select(t => t.Caption[0]));
        Assert.All(sheet.Tiles, t => Assert.Equal(256, t.Picture.Width));
    }

    [Fact]
    public void Make_BoxesAndMask_AreScaledWithALargeImage()
    {
        using var folder = new TempFolder();
        var mask = Png.Encode(160, 120, 1, [.. Enumerable.Range(0, 160 * 120).Select(i => (byte)(i % 160 < 80 ? 0 : 2))]);
        var view = new ListView.Builder().Text("Image", [folder.Write("a.png", Photos.File(1, 160, 120))]).Boxes(["x", "cell"], [[20, 40, 60, 80]], [[1]])
            .Mask(new MaskClasses("ground", "tree", "sky"), [folder.Write("m.png", mask)]).Build();
        var sheet = SampleSheet.Make([("", view)], new() { TileSize = 80 });
        var tile = Assert.Single(sheet.Tiles);
        Assert.Equal((80, 60), (tile.Picture.Width, tile.Picture.Height));
        Assert.Equal([new TileBox(10, 20, 30, 40, "cell", ClassColors.Of(1)) { Class = 1 }], tile.Boxes);
        Assert.Equal("1 object", tile.Caption[0]);
        for (var i = 0; i < 80 * 60; i++)
            Assert.Equal(i % 80 < 40 ? 0 : 2, tile.Mask!.Classes[i]);
        Assert.Equal([("x", ClassColors.Of(0)), ("cell", ClassColors.Of(1)), ("ground (not colored)", Color.White), ("sky", ColorMap.Voc.Of(2))], sheet.Legend);
    }

    [Fact]
    public void Make_Augmentation_ShowsOriginalsAndVariants()
    {
        using var folder = new TempFolder();
        var mask = Png.Encode(160, 120, 1, [.. Enumerable.Range(0, 160 * 120).Select(i => (byte)(i % 160 < 60 ? 0 : 2))]);
        var view = new ListView.Builder().Text("Image", [folder.Write("a.png", Photos.File(1)), folder.Write("b.png", Photos.File(2))]).Boxes(["x", "cell"], [[20, 40, 60, 80], []], [[1], []])
            .Mask(new MaskClasses("ground", "tree", "sky"), [folder.Write("m.png", mask), folder.Write("n.png", mask)]).Build();
        var sheet = SampleSheet.Make([("", view)], new() { Augmentation = new Augmentation().Flip(1), Variants = 2 });
        Assert.Equal(3, sheet.Columns);
        Assert.Equal(["1 object", "variant 1", "variant 2", "0 objects", "variant 1", "variant 2"], sheet.Tiles.Select(t => t.Caption[0]));
        // A flip with probability 1: image, box and mask mirrored alike.
        var (original, variant) = (sheet.Tiles[0], sheet.Tiles[1]);
        Assert.Equal([new TileBox(100, 40, 140, 80, "cell", ClassColors.Of(1)) { Class = 1 }], variant.Boxes);
        for (var y = 0; y < 120; y++)
            for (var x = 0; x < 160; x++)
            {
                Assert.Equal(original.Picture[159 - x, y], variant.Picture[x, y]);
                Assert.Equal(original.Mask!.Classes[y * 160 + 159 - x], variant.Mask!.Classes[y * 160 + x]);
            }
        var resized = SampleSheet.Make([("", view)], new() { Augmentation = new Augmentation().Flip(1), Variants = 1, InputSize = (60, 40) }).Tiles[1];
        Assert.Equal((40, 60), (resized.Picture.Width, resized.Picture.Height));
        Assert.Equal([new TileBox(25, 20, 35, 40, "cell", ClassColors.Of(1)) { Class = 1 }], resized.Boxes);
    }

    [Fact]
    public void SaveContactSheet_BadOptions_NamesEveryProblem()
    {
        using var folder = new TempFolder();
        var view = Labelled(folder, 2);
        var error = Assert.Throws<ArgumentException>(() => Ml.Vision.Data.SaveContactSheet(view, folder.File("s.png"), new() { Images = 0, TileSize = 5, MaskOpacity = 2, Columns = -1, Variants = 0, InputSize = (0, 5) }));
        foreach (var part in new[] { "Images", "TileSize", "MaskOpacity", "Columns", "Variants", "InputSize" })
            Assert.Contains(part, error.Message);
        Assert.Throws<ArgumentException>(() => Ml.Vision.Data.SaveContactSheet(view, folder.File("s.jpg")));
        Assert.Throws<ArgumentException>(() => Ml.Vision.Data.SaveContactSheet(view, folder.File("s.png"), new() { Rows = [5] }));
        Assert.Throws<InvalidDataException>(() => Ml.Vision.Data.SaveContactSheet(new ListView.Builder().Text("Image", []).Build(), folder.File("s.png")));
        Assert.Empty(Directory.GetFiles(folder.Path, "s.*"));
    }
}
