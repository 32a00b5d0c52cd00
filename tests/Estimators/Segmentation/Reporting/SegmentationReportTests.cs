using Fovea.Tests.Reporting.Report;
using Microsoft.ML;

namespace Fovea.Tests.Segmentation.Reporting;

public class SegmentationReportTests
{
    private static readonly MLContext _ml = new(seed: 1);

    private static readonly SegmentationOptions _options = new()
    {
        Architecture = SegmentationArchitecture.UNet, UNet = new() { Width = 4, Depth = 2 }, Channels = ImageChannels.Grey, Epochs = 1, BatchSize = 4, Device = ComputeDevice.Cpu, Precision = Precision.Float32,
    };

    [Fact]
    public void Report_WithData_HasTheNumbersOfTheMetricsAndTheWorstImages()
    {
        using var scenes = new Scenes(6);
        using var model = _ml.Vision.Segmentation(_options).Fit(scenes.View);
        var metrics = _ml.Vision.EvaluateSegmentation(model.Transform(scenes.View));
        var page = _ml.Vision.Report(model, scenes.View, new ReportOptions { Pictures = 2 }).Page();
        page.AssertSound();
        Assert.Equal(metrics.MeanIoU, page.Headline("meanIoU"));
        Assert.Equal(metrics.PixelAccuracy, page.Headline("pixelAccuracy"));
        Assert.Equal(metrics.Pixels, page.Headline("pixels"));
        Assert.Equal(metrics.ClassNames, page.Names("perClass", "class"));
        foreach (var (column, values) in new[] { ("iou", metrics.IoU), ("dice", metrics.Dice), ("precision", metrics.Precision), ("recall", metrics.Recall), ("specificity", metrics.Specificity) })
            Assert.Equal(values, page.Column("perClass", column));
        // Image, truth, prediction, errors; the lowest mean IoU first.
        var groups = page.QuerySelectorAll("[data-key='worstImages'] .group");
        Assert.Equal(2, groups.Length);
        Assert.All(groups, g => Assert.Equal(["image", "truth", "prediction", "errors"], g.QuerySelectorAll(".pane span").Select(s => s.TextContent)));
        var scores = groups.Select(g => g.QuerySelector("[data-key='meanIoU'] data")!.Number()).ToList();
        Assert.Equal(scores.Order(), scores);
        Assert.Equal(model.Summary.Parameters, page.Fact("network", "parameters"));
    }

    [Fact]
    public void Report_OfTraining_HasThePixelsOfEachClass()
    {
        using var scenes = new Scenes(6);
        var expected = new long[3];
        for (var i = 0; i < 5; i++)
            foreach (var k in Scenes.Paint(32, 32, new Random(i)).Mask)
                expected[k]++;
        // Of the last image 24 pixels are of a class, the others count nowhere.
        scenes.WriteMask(5, 32, 32, [.. Enumerable.Range(0, 32 * 32).Select(i => i < 1000 ? (byte)255 : (byte)2)]);
        expected[2] += 24;
        using var model = _ml.Vision.Segmentation(_options with { Augmentation = new Augmentation().Flip() }).Fit(scenes.View);
        Assert.Equal(Scenes.Classes.Names.Zip(expected), model.History.ClassCounts.Select(c => (c.Key, c.Value)));
        var page = _ml.Vision.Report(model).Page();
        var balance = page.QuerySelector("[data-key='classBalance']")!;
        Assert.Equal("Training pixels of each class", balance.QuerySelector("svg > title")!.TextContent);
        Assert.Equal(["ground", "disc", "square"], balance.QuerySelectorAll("rect title").Select(t => t.TextContent.Split(':')[0]));
        using var json = System.Text.Json.JsonDocument.Parse(_ml.Vision.Report(model).ToJson());
        Assert.Equal(expected, json.RootElement.GetProperty("run").GetProperty("classBalance").EnumerateObject().Select(c => c.Value.GetInt64()));
    }

    [Fact]
    public void Report_WithEvaluation_IsMeasuredThatWay()
    {
        using var scenes = new Scenes(3);
        using var model = _ml.Vision.Segmentation(_options).Fit(scenes.View);
        Assert.Contains("two classes", Assert.Throws<ArgumentException>(() => _ml.Vision.Report(model, scenes.View, null, new() { RandScore = true })).Message);
        Assert.Contains("Threshold", Assert.Throws<ArgumentException>(() => _ml.Vision.Report(model, scenes.View, null, new() { Threshold = 2 })).Message);
    }
}
