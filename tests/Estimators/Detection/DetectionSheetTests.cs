using System.Xml.Linq;
using Fovea.Detection.Drawing;
using Fovea.Reporting;
using Fovea.Tests.Reporting.Charts;
using Microsoft.ML;

namespace Fovea.Tests.Detection;

public class DetectionSheetTests
{
    private static readonly MLContext Ml = new();

    private static readonly Color Good = ClassColors.Of(2), Bad = ClassColors.Of(5), Ignored = ClassColors.Of(-1);

    [Fact]
    public void Sheet_OfImages_ShowsTheWorstFirst()
    {
        using var folder = new TempFolder();
        var (sheet, _) = DetectionSheetMaker.Make(View(folder), new DetectionSheetOptions { Images = 3 });
        Assert.Equal(["missed.pgm", "F1 0.00", "half.pgm", "F1 0.50", "good.pgm", "F1 1.00"], sheet.Tiles.Select(t => t.Caption[0]));
        Assert.Equal(["2 objects: 0 found, 2 missed", "0 predictions: 0 right, 0 wrong", "2 objects: 1 found, 1 missed", "2 predictions: 1 right, 1 wrong", "1 object: 1 found, 0 missed (and 1 that do not count)", "1 prediction: 1 right, 0 wrong"],
            sheet.Tiles.Select(t => t.Caption[1]));
        Assert.Equal("Truth and prediction, the 3 worst of 4 images", sheet.Title);
        Assert.Contains("5 objects, 2 found, 3 missed; 1 prediction is wrong", sheet.Subtitle);
    }

    [Fact]
    public void Sheet_OfAnImage_ColorsWhatIsRightAndWhatIsNot()
    {
        using var folder = new TempFolder();
        var tiles = DetectionSheetMaker.Make(View(folder), new DetectionSheetOptions { Images = 4 }).Sheet.Tiles;
        Assert.Equal([(Good, "cat"), (Bad, "dog")], tiles[2].Boxes.Select(b => (b.Color, b.Text)));
        // The dog was taken for a cat; a prediction of a low score is not shown.
        Assert.Equal([(Good, "cat 0.90"), (Bad, "cat 0.80")], tiles[2 + 1].Boxes.Select(b => (b.Color, b.Text)));
        Assert.Equal([(Good, "cat"), (Ignored, "cat")], tiles[4].Boxes.Select(b => (b.Color, b.Text)));
        Assert.Empty(tiles[6].Boxes);
        // The image is 64 pixels wide and shown five times as large; boxes are in its own pixels.
        Assert.Equal((320, 240), TilePainter.Size(tiles[2].Picture, 320));
        Assert.Equal((2, 2, 20, 20), (tiles[2].Boxes[0].X0, tiles[2].Boxes[0].Y0, tiles[2].Boxes[0].X1, tiles[2].Boxes[0].Y1));
    }

    [Fact]
    public void SaveDetectionSheet_OfAView_WritesAPicture()
    {
        using var folder = new TempFolder();
        var path = folder.File("sheet.png");
        var view = View(folder);
        var metrics = Ml.Vision.SaveDetectionSheet(view, path);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(path)[..4]);
        Ml.Vision.SaveDetectionSheet(view, folder.File("sheet.svg"));
        var svg = XDocument.Load(folder.File("sheet.svg")).Root!;
        Assert.Equal(2 * 4, svg.All("image").Count());
        // Each box says what it is of, though some have no room for a label.
        Assert.Equal(["cat 0.80", "cat 0.90", "cat 0.90"], svg.All("rect").Where(r => r.HasElements).Select(r => r.Hover()).Where(t => t.Contains('.')).Order());
        Assert.Equal(Ml.Vision.EvaluateDetection(view).AP, metrics.AP);
    }

    [Fact]
    public void SaveDetectionSheet_BadInput_IsNamed()
    {
        using var folder = new TempFolder();
        var view = View(folder);
        Assert.Contains(".svg or .png", Assert.Throws<ArgumentException>(() => Ml.Vision.SaveDetectionSheet(view, folder.File("sheet.jpg"))).Message);
        var error = Assert.Throws<ArgumentException>(() => Ml.Vision.SaveDetectionSheet(view, folder.File("s.png"), new() { Images = 0, TileSize = 1, Columns = -1, Evaluation = new() { IoU = 2 } }));
        foreach (var named in new[] { "Images", "TileSize", "Columns", "IoU" })
            Assert.Contains(named, error.Message);
        Assert.False(File.Exists(folder.File("s.png")));
        File.Delete(folder.File("missed.pgm"));
        Assert.Throws<FileNotFoundException>(() => Ml.Vision.SaveDetectionSheet(view, folder.File("s.png")));
    }

    private static IDataView View(TempFolder folder)
    {
        DetectionRow half = new()
        {
            Image = folder.WriteGrey("half.pgm", 64, 48, 90), Boxes = [2, 2, 20, 20, 30, 30, 40, 40], Labels = [0, 1], IsDifficult = [false, false],
            PredictedBoxes = [2, 2, 20, 20, 30, 30, 40, 40, 50, 5, 60, 10], PredictedLabels = [0, 0, 1], Scores = [0.9f, 0.8f, 0.1f],
        };
        return DetectionRow.View(["cat", "dog"],
        [
            half,
            half with { Image = folder.WriteGrey("good.pgm", 64, 48, 90), Labels = [0, 0], IsDifficult = [false, true], PredictedBoxes = [2, 2, 20, 20], PredictedLabels = [0], Scores = [0.9f] },
            half with { Image = folder.WriteGrey("missed.pgm", 64, 48, 90), PredictedBoxes = [], PredictedLabels = [], Scores = [] },
            new() { Image = folder.WriteGrey("empty.pgm", 64, 48, 90), IsDifficult = [] },
        ]);
    }
}
