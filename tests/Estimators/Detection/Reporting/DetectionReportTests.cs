using System.Text.Json;
using Fovea.Tests.Reporting.Report;
using Microsoft.ML;

namespace Fovea.Tests.Detection.Reporting;

public class DetectionReportTests
{
    private static readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Report_WithData_HasTheNumbersOfTheMetricsAndTheWorstImages()
    {
        var view = ObjectScenes.View(_ml, 6);
        using var model = _ml.Vision.Detection(new()
        {
            Yolo = new() { Width = 16 }, ImageHeight = 96, ImageWidth = 96, Epochs = 1, BatchSize = 2, ScoreThreshold = 0.001, Device = ComputeDevice.Cpu, Precision = Precision.Float32,
        }).Fit(view);
        // Of low scores, so that there are some.
        var evaluation = new DetectionEvaluation { Score = 0.01, IoU = 0.1 };
        var metrics = _ml.Vision.EvaluateDetection(model.Transform(view), evaluation);
        var page = _ml.Vision.Report(model, view, new() { Pictures = 3 }, evaluation).Page();
        page.AssertSound();
        Assert.Equal(metrics.AP, page.Headline("ap"));
        foreach (var (key, value) in new[]
        {
            ("ap", metrics.AP), ("ap50", metrics.AP50), ("ap75", metrics.AP75), ("ar1", metrics.AR1), ("ar10", metrics.AR10), ("ar100", metrics.AR100), ("vocAP", metrics.VocAP), ("voc11PointAP", metrics.Voc11PointAP),
        })
            Assert.Equal(value, page.Fact("precision", key));
        Assert.Equal("n/a", page.QuerySelector("#precision [data-key='apLarge'] dd")!.TextContent); // no object is that large
        Assert.Equal(metrics.Classes.Select(c => c.AP50), page.Column("perClass", "ap50"));
        Assert.Equal(metrics.Classes.Select(c => (double)c.FalsePositives), page.Column("perClass", "falsePositives"));
        var groups = page.QuerySelectorAll("[data-key='worstImages'] .group");
        Assert.Equal(3, groups.Length);
        var scores = groups.Select(g => g.QuerySelector("[data-key='f1'] data")!.Number()).ToList();
        Assert.Equal(scores.Order(), scores);
        Assert.Equal(model.Summary.Parameters, page.Fact("network", "parameters"));
        Assert.True(page.Fact("network", "macs") > 0);
        Assert.Equal("Training objects of each class", page.QuerySelector("[data-key='classBalance'] svg > title")!.TextContent);
        using var json = JsonDocument.Parse(_ml.Vision.Report(model, view, null, evaluation).ToJson());
        var curves = json.RootElement.GetProperty("precision").GetProperty("precisionRecall").EnumerateArray().ToList();
        Assert.Equal(metrics.ClassNames, curves.Select(c => c.GetProperty("name").GetString()));
        foreach (var (curve, of) in curves.Zip(metrics.Classes))
        {
            Assert.Equal(of.VocAP, curve.GetProperty("vocAP").GetDouble());
            CurvePoints.AssertOf(of.Curve.Recall, of.Curve.Precision, of.Curve.Scores, curve, "recall", "precision");
        }
    }

    [Fact]
    public void Fit_Objects_AreCountedInEachClass()
    {
        var rows = ObjectScenes.Rows(6).ToList();
        var flat = rows[1];
        flat.BoundingBoxes[2] = flat.BoundingBoxes[0]; // a box without area is not learned from
        var expected = rows.SelectMany(r => r.Labels).GroupBy(l => l).ToDictionary(g => g.Key, g => g.LongCount());
        expected[flat.Labels[0]]--;
        using var model = _ml.Vision.Detection(new()
        {
            Yolo = new() { Width = 16 }, ImageHeight = 96, ImageWidth = 96, Epochs = 1, BatchSize = 2, Device = ComputeDevice.Cpu, Precision = Precision.Float32,
        }).Fit(ObjectScenes.Of(_ml, rows));
        Assert.Equal(model.ClassNames, model.History.ClassCounts.Keys);
        Assert.Equal(expected.OrderBy(c => c.Key), model.History.ClassCounts.OrderBy(c => c.Key));
    }
}
