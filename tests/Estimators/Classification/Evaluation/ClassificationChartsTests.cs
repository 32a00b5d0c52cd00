using System.Xml.Linq;
using Fovea.Tests.Reporting.Charts;
using Microsoft.ML;

namespace Fovea.Tests.Classification;

public class ClassificationChartsTests
{
    private static readonly MLContext Ml = new();

    [Fact]
    public void SaveCurves_OfMetrics_TellTheirAreas()
    {
        using var folder = new TempFolder();
        var expected = ScikitLearn.All[0];
        var metrics = Ml.Vision.EvaluateClassification(ScoredRow.View(["<b>", "Ærø \"x\" & 猫", "c"], expected.Rows));
        Ml.Vision.SaveRocCurves(metrics, folder.File("roc.svg"));
        var roc = XDocument.Load(folder.File("roc.svg")).Root!;
        Charts.AssertSound(roc);
        Assert.Equal([$"all classes together ({expected.MicroArea:0.0000})", $"<b> ({expected.Curves[0].Area:0.0000})", $"Ærø \"x\" & 猫 ({expected.Curves[1].Area:0.0000})", $"c ({expected.Curves[2].Area:0.0000})"],
            roc.All("text", "fv-legend").Select(t => t.Value));
        Ml.Vision.SavePrecisionRecallCurves(metrics, folder.File("recall.svg"));
        var recall = XDocument.Load(folder.File("recall.svg")).Root!;
        Charts.AssertSound(recall);
        Assert.Contains($"c ({expected.Curves[2].AveragePrecision:0.0000})", recall.All("text", "fv-legend").Select(t => t.Value));
        Ml.Vision.SaveReliabilityDiagram(metrics, folder.File("reliability.svg"));
        var reliability = XDocument.Load(folder.File("reliability.svg")).Root!;
        Charts.AssertSound(reliability);
        Assert.Contains(reliability.All("text"), t => t.Value.StartsWith($"expected calibration error {100 * metrics.ExpectedCalibrationError:0.#} %"));
    }

    [Fact]
    public void SaveRocCurves_ManyClasses_ShowsTheWorst()
    {
        using var folder = new TempFolder();
        var random = new Random(8);
        // The first class is guessed, the others are known.
        var rows = Enumerable.Range(0, 200).Select(i =>
        {
            var (truth, scores) = (i % 20, new float[20]);
            scores[truth == 0 ? random.Next(20) : truth] = 1;
            return new ScoredRow(truth, Array.IndexOf(scores, 1f), scores);
        }).ToList();
        var metrics = Ml.Vision.EvaluateClassification(ScoredRow.View([.. Enumerable.Range(0, 20).Select(k => $"class {k}")], rows));
        Ml.Vision.SaveRocCurves(metrics, folder.File("roc.svg"));
        var legend = XDocument.Load(folder.File("roc.svg")).Root!.All("text", "fv-legend").Select(t => t.Value).ToList();
        Assert.Equal(8, legend.Count);
        Assert.StartsWith("class 0 (0.", legend[1]);
        Assert.Contains(XDocument.Load(folder.File("roc.svg")).Root!.All("text"), t => t.Value.EndsWith("; the 7 lowest of 20 classes"));
    }

    [Fact]
    public void SaveCurves_AnotherEnding_SaysWhatIsPossible()
    {
        var metrics = Ml.Vision.EvaluateClassification(ScoredRow.View(["a", "b"], [new(0, 0, 1, 0), new(1, 1, 0, 1)]));
        foreach (var save in new Action<string>[] { p => Ml.Vision.SaveRocCurves(metrics, p), p => Ml.Vision.SavePrecisionRecallCurves(metrics, p), p => Ml.Vision.SaveReliabilityDiagram(metrics, p) })
            Assert.Contains("give a path that ends in .svg or .png", Assert.Throws<ArgumentException>(() => save("roc.pdf")).Message);
    }
}
