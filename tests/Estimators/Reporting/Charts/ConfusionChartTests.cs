using System.Xml.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Fovea.Reporting;

namespace Fovea.Tests.Reporting.Charts;

public class ConfusionChartTests
{
    [Fact]
    public void Draw_Counts_AreInCellsAndTitles()
    {
        var page = Charts.Page(new ConfusionChart(new double[,] { { 8, 2 }, { 0, 0 } }, ["cat", "dog"]));
        Charts.AssertSound(page);
        var cells = Cells(page);
        Assert.Equal(
            ["true cat, predicted cat: 8 of 10 (80 %)", "true cat, predicted dog: 2 of 10 (20 %)", "true dog, predicted cat: 0 of 0", "true dog, predicted dog: 0 of 0"],
            cells.Select(c => c.Hover()));
        Assert.Equal(["8", "2"], page.All("text", "fv-count").Select(t => t.Value));
        Assert.Equal(["80 %", "20 %"], page.All("text", "fv-rate").Select(t => t.Value));
        // The square roots of 0.8 and 0.2.
        Assert.Equal([0.89, 0.45, 0, 0], cells.Select(c => c.Elements().ElementAt(1).Number("fill-opacity")));
        Assert.Contains("8 of 10 right (80 %). Most frequent errors: cat as dog (2).", page.Words());
    }

    [Fact]
    public void Draw_OneClass_IsOneCell()
    {
        var page = Charts.Page(new ConfusionChart(new double[,] { { 3 } }, ["only"]));
        Charts.AssertSound(page);
        Assert.Equal("true only, predicted only: 3 of 3 (100 %)", Assert.Single(Cells(page)).Hover());
    }

    [Fact]
    public void Draw_ManyClasses_HasCellsWithCountsOnly()
    {
        const int classes = 100;
        var counts = new double[classes, classes];
        for (var k = 0; k < classes; k++)
            (counts[k, k], counts[k, (k + 7) % classes]) = (90, 10);
        var page = Charts.Page(new ConfusionChart(counts, [.. Enumerable.Range(0, classes).Select(k => $"class {k}")]));
        Charts.AssertSound(page);
        Assert.Equal(2 * classes, Cells(page).Count);
        Assert.Empty(page.All("text", "fv-count"));
    }

    [Fact]
    public void Draw_ThousandClasses_IsAPictureOfItsCells()
    {
        const int classes = 1000;
        var (counts, random) = (new double[classes, classes], new Random(4));
        for (var row = 0; row < 50_000; row++)
            counts[row % classes, random.Next(4) > 0 ? row % classes : random.Next(classes)]++;
        counts[3, 990] = 77;
        var chart = new ConfusionChart(counts, [.. Enumerable.Range(0, classes).Select(k => $"class {k}")]);
        var page = Charts.Page(chart);
        Charts.AssertSound(page);
        Assert.InRange(page.ToString().Length, 1, 300_000);
        var image = Assert.Single(page.All("image"));
        Assert.Equal(1000, image.Number("width"));
        // The most frequent error tells its count where it lies, and only some classes have their names.
        var spot = page.All("rect", "fv-spot").First();
        Assert.StartsWith("true class 3, predicted class 990: 77 of", spot.Hover());
        Assert.Equal(image.Number("x") + 990.5, spot.Number("x") + spot.Number("width") / 2, 0.011); // coordinates are rounded to 0.01
        Assert.Equal(image.Number("y") + 3.5, spot.Number("y") + spot.Number("height") / 2, 0.011);
        Assert.InRange(page.All("text", "fv-label").Count(), 50, 300);
        // A reader of pictures sees each cell: blue where right, orange where wrong, as strong as the root of its share.
        const string start = "data:image/png;base64,";
        using var picture = MLImage.CreateFromStream(new MemoryStream(Convert.FromBase64String(image.Attribute("href")!.Value[start.Length..])));
        Assert.Equal((1000, 1000), (picture.Width, picture.Height));
        for (var truth = 0; truth < classes; truth += 37)
            for (var predicted = 0; predicted < classes; predicted++)
            {
                var opacity = picture.Pixels[(truth * classes + predicted) * 4 + 3] / 255.0;
                var share = counts[truth, predicted] / Enumerable.Range(0, classes).Sum(p => counts[truth, p]);
                Assert.Equal(share == 0 ? 0 : Math.Max(0.6, Math.Sqrt(share)), opacity, 0.008); // in steps of 0.01 and of 1/255
            }
    }

    [Fact]
    public void Draw_MoreClassesThanPixels_ShowsTheStrongestOfNeighbors()
    {
        const int classes = 2500;
        var counts = new double[classes, classes];
        for (var k = 0; k < classes; k++)
            counts[k, k] = 4;
        counts[1200, 7] = 12;
        var page = Charts.Page(new ConfusionChart(counts, [.. Enumerable.Range(0, classes).Select(k => $"class {k}")]));
        var image = Assert.Single(page.All("image"));
        Assert.Equal(834, image.Number("width")); // a pixel for three classes
        Assert.Contains(page.All("rect", "fv-spot"), s => s.Hover().StartsWith("true class 1200, predicted class 7: 12 of 16 (75 %)"));
    }

    [Fact]
    public void Draw_HundredClassesAllConfused_StaysSmall()
    {
        var (counts, random) = (new double[100, 100], new Random(5));
        for (var truth = 0; truth < 100; truth++)
            for (var predicted = 0; predicted < 100; predicted++)
                counts[truth, predicted] = random.Next(1, 50);
        var page = Charts.Page(new ConfusionChart(counts, [.. Enumerable.Range(0, 100).Select(k => $"class {k}")]));
        Assert.InRange(page.ToString().Length, 1, 150_000);
        Assert.Equal(600, Assert.Single(page.All("image")).Number("width"), 100.0); // six pixels a cell or so: what the names leave
    }

    [Fact]
    public void Draw_LongAndStrangeNames_AreShortenedText()
    {
        var name = new string('W', 200) + "<b>";
        var page = Charts.Page(new ConfusionChart(new double[,] { { 1, 0 }, { 0, 1 } }, [name, "Ærø \"x\" & 猫"]));
        Charts.AssertSound(page);
        Assert.Contains(page.All("text"), t => t.Nodes().OfType<XText>().Any(n => n.Value == new string('W', 23) + "…") && t.Hover() == name);
        Assert.Contains(Cells(page), c => c.Hover() == $"true {name}, predicted {name}: 1 of 1 (100 %)");
        Assert.Contains(page.All("text"), t => t.Value == "Ærø \"x\" & 猫");
        Assert.InRange(page.Number("width"), 300, 800);
    }

    [Fact]
    public void SaveConfusionMatrix_FromEvaluate_HasItsCounts()
    {
        using var folder = new TempFolder();
        var ml = new MLContext(seed: 0);
        // Three classes; true a is predicted as b once.
        (string Label, float[] Score)[] rows = [("a", [1, 0, 0]), ("a", [0, 1, 0]), ("b", [0, 1, 0]), ("c", [0, 0, 1]), ("c", [0, 0, 1])];
        var view = ml.Data.LoadFromEnumerable(rows.Select(r => new Scored { Label = r.Label, Score = r.Score, Predicted = "abc"[Array.IndexOf(r.Score, 1f)].ToString() }));
        var keyed = ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.Transforms.Conversion.MapValueToKey("PredictedLabel", "Predicted")).Fit(view).Transform(view);
        var matrix = ml.MulticlassClassification.Evaluate(keyed).ConfusionMatrix;
        ml.Vision.SaveConfusionMatrix(matrix, ["a", "b", "c"], folder.File("matrix.svg"), "Letters");
        var page = XDocument.Load(folder.File("matrix.svg")).Root!;
        Charts.AssertSound(page);
        Assert.Equal("Letters", page.Hover());
        var titles = Cells(page).Select(c => c.Hover()).ToList();
        Assert.Equal(9, titles.Count);
        Assert.Contains("true a, predicted b: 1 of 2 (50 %)", titles);
        Assert.Contains("true b, predicted a: 0 of 1 (0 %)", titles);
        Assert.Contains("true c, predicted c: 2 of 2 (100 %)", titles);
        Assert.Contains(page.All("text"), t => t.Value == "4 of 5 right (80 %)");
    }

    [Fact]
    public void SaveConfusionMatrix_Counts_AreWrittenAsTheyStand()
    {
        using var folder = new TempFolder();
        new MLContext().Vision.SaveConfusionMatrix(new long[,] { { 3_000_000_000, 1 }, { 2, 4 } }, ["road", "sky"], folder.File("matrix.svg"));
        Assert.Contains(Cells(XDocument.Load(folder.File("matrix.svg")).Root!), c => c.Hover().StartsWith("true sky, predicted road: 2 of 6"));
    }

    [Fact]
    public void SaveConfusionMatrix_Unusable_SaysWhy()
    {
        using var folder = new TempFolder();
        var vision = new MLContext().Vision;
        Assert.Contains("2 classes, but 1 names", Assert.Throws<ArgumentException>(() => vision.SaveConfusionMatrix(new long[2, 2], ["a"], folder.File("m.svg"))).Message);
        Assert.Contains("it has 2 and 3", Assert.Throws<ArgumentException>(() => vision.SaveConfusionMatrix(new long[2, 3], ["a", "b"], folder.File("m.svg"))).Message);
        Assert.Contains("negative", Assert.Throws<ArgumentException>(() => vision.SaveConfusionMatrix(new long[,] { { -1 } }, ["a"], folder.File("m.svg"))).Message);
        Assert.Contains(".svg", Assert.Throws<ArgumentException>(() => vision.SaveConfusionMatrix(new long[1, 1], ["a"], folder.File("m.gif"))).Message);
        Assert.Throws<DirectoryNotFoundException>(() => vision.SaveConfusionMatrix(new long[1, 1], ["a"], Path.Combine(folder.Path, "none", "m.svg")));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static List<XElement> Cells(XElement page) => [.. page.All("g").Where(g => g.Elements().FirstOrDefault()?.Name.LocalName == "title")];

    private sealed class Scored
    {
        public string Label { get; set; } = "";

        [Microsoft.ML.Data.VectorType(3)]
        public float[] Score { get; set; } = [];

        public string Predicted { get; set; } = "";
    }
}
