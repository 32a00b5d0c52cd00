using System.Text.Json;
using Fovea.Tests.Reporting.Report;
using Microsoft.ML;

namespace Fovea.Tests.Classification.Reporting;

public class CnnReportTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private readonly MLContext _ml = trained.Ml;

    /// <summary>Labels that are wrong on purpose, so that there are mistakes.</summary>
    private IDataView Confused()
    {
        var drawings = Drawings.Make(60, seed: 5);
        for (var i = 0; i < 60; i += 7)
            drawings[i].Label = Drawings.Kinds[(i + 1) % 3];
        return _ml.Data.LoadFromEnumerable(drawings);
    }

    [Fact]
    public void Report_WithData_HasTheNumbersOfTheMetrics()
    {
        var view = Confused();
        var metrics = _ml.Vision.EvaluateClassification(trained.Model.Transform(view));
        var page = _ml.Vision.Report(trained.Model, view).Page();
        page.AssertSound();
        Assert.Equal(metrics.Accuracy, page.Headline("accuracy"));
        Assert.Equal(metrics.MacroF1, page.Headline("macroF1"));
        Assert.Equal(metrics.LogLoss, page.Headline("logLoss"));
        Assert.Equal(metrics.ExpectedCalibrationError, page.Headline("expectedCalibrationError"));
        Assert.Equal(60, page.Headline("images"));
        Assert.Equal(metrics.BrierScore, page.Fact("classes", "brierScore"));
        Assert.Equal(metrics.ClassNames, page.Names("perClass", "class"));
        Assert.Equal(metrics.Classes.Select(c => (double)c.Support), page.Column("perClass", "images"));
        Assert.Equal(metrics.Classes.Select(c => c.Precision), page.Column("perClass", "precision"));
        Assert.Equal(metrics.Classes.Select(c => c.Recall), page.Column("perClass", "recall"));
        Assert.Equal(metrics.Classes.Select(c => c.F1), page.Column("perClass", "f1"));
        Assert.Equal(metrics.Classes.Select(c => c.AveragePrecision), page.Column("perClass", "averagePrecision"));
        Assert.Equal(metrics.Classes.Select(c => c.Roc.Area), page.Column("perClass", "rocArea"));
        var pairs = metrics.MostConfused(20);
        Assert.Equal(pairs.Select(p => metrics.ClassNames[p.TrueClass]), page.Names("confusedPairs", "true"));
        Assert.Equal(pairs.Select(p => (double)p.Count), page.Column("confusedPairs", "count"));
        // Every cell of the matrix says its count.
        var cells = page.QuerySelectorAll("[data-key='confusion'] svg g title").Select(t => t.TextContent).ToList();
        foreach (var (k, p) in from k in Enumerable.Range(0, 3) from p in Enumerable.Range(0, 3) select (k, p))
            Assert.Contains(cells, c => c.StartsWith($"true {metrics.ClassNames[k]}, predicted {metrics.ClassNames[p]}: {metrics.Counts[k, p]} of", StringComparison.Ordinal));
    }

    [Fact]
    public void Report_WithData_ShowsTheMostConfidentMistakes()
    {
        var view = Confused();
        var page = _ml.Vision.Report(trained.Model, view, new ReportOptions { Pictures = 3 }).Page();
        var mistakes = _ml.Vision.EvaluateClassification(trained.Model.Transform(view)).Mistakes;
        var shown = page.QuerySelectorAll("[data-key='confidentMistakes'] figure");
        Assert.Equal(mistakes.Take(3).Select(m => $"row {m.Row}"), shown.Select(f => f.QuerySelector("b")!.TextContent));
        Assert.Equal(mistakes.Take(3).Select(m => m.Confidence), shown.Select(f => f.QuerySelector("[data-key='confidence'] data")!.Number()));
        Assert.All(page.QuerySelectorAll("[data-key='confidentMistakes'] img"), i => Assert.StartsWith("data:image/png;base64,", i.GetAttribute("src")));
    }

    [Fact]
    public void Report_OfTraining_SaysWhatRan()
    {
        var page = _ml.Vision.Report(trained.Model, new ReportOptions { Title = "Drawings", DataSet = "96 drawings" }).Page();
        page.AssertSound();
        Assert.Equal("Drawings", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("96 drawings", page.Words("run", "dataSet"));
        Assert.Equal(96, page.Fact("run", "trainingImages"));
        Assert.Equal(8, page.Fact("run", "bestEpoch"));
        Assert.Equal("cpu", page.Words("run", "device"));
        Assert.Equal("float32", page.Words("run", "precision"));
        Assert.Equal(TorchSharp.torch.__version__, page.Words("run", "libtorch"));
        Assert.Equal(trained.Model.Summary.Parameters, page.Fact("network", "parameters"));
        Assert.Equal(trained.Model.Summary.Layers.Select(l => (double)l.Macs), page.Column("layers", "macs"));
        Assert.Equal(trained.Model.History.Epochs.Select(e => e.Training[Measure.Loss]), page.Column("epochs", "training.Loss"));
        Assert.Contains("LearningRate", page.Names("options", "option"));
        Assert.Contains("Precision", page.Names("options", "option"));
        Assert.DoesNotContain("WeightDecay", page.Names("options", "option"));
        var balance = page.QuerySelectorAll("[data-key='classBalance'] rect title").Select(t => t.TextContent);
        Assert.Equal(["chess: 32", "disc: 32", "stripes: 32"], balance.Order());
        // The best epoch is marked in every curve but not in words alone.
        Assert.Contains(page.QuerySelectorAll("#curves svg text"), t => t.TextContent == "model's epoch: 8");
    }

    [Fact]
    public void Json_Curves_AreThoseOfTheMetrics()
    {
        var view = Confused();
        var metrics = _ml.Vision.EvaluateClassification(trained.Model.Transform(view));
        using var json = JsonDocument.Parse(_ml.Vision.Report(trained.Model, view).ToJson());
        var scores = json.RootElement.GetProperty("scores");
        var (roc, precisionRecall) = (scores.GetProperty("roc").EnumerateArray().ToList(), scores.GetProperty("precisionRecall").EnumerateArray().ToList());
        string[] names = ["all classes together", .. metrics.ClassNames];
        Assert.Equal(names, roc.Select(c => c.GetProperty("name").GetString()));
        Assert.Equal(names, precisionRecall.Select(c => c.GetProperty("name").GetString()));
        foreach (var (written, curve) in roc.Zip([metrics.MicroRoc, .. metrics.Classes.Select(c => c.Roc)]))
        {
            Assert.Equal(curve.Area, written.GetProperty("area").GetDouble());
            CurvePoints.AssertOf(curve.FalsePositiveRate, curve.TruePositiveRate, curve.Thresholds, written, "falsePositiveRate", "truePositiveRate");
        }
        foreach (var (written, (curve, average)) in precisionRecall.Zip([(metrics.MicroPrecisionRecall, metrics.MicroAveragePrecision), .. metrics.Classes.Select(c => (c.PrecisionRecall, c.AveragePrecision))]))
        {
            Assert.Equal(average, written.GetProperty("averagePrecision").GetDouble());
            CurvePoints.AssertOf(curve.Recall, curve.Precision, curve.Scores, written, "recall", "precision");
        }
        var ranges = scores.GetProperty("reliabilityRanges").EnumerateArray().ToList();
        Assert.Equal(metrics.Reliability.Select(b => (b.From, b.To, b.Count)), ranges.Select(r => (r.GetProperty("from").GetDouble(), r.GetProperty("to").GetDouble(), r.GetProperty("count").GetInt64())));
        foreach (var (bin, range) in metrics.Reliability.Zip(ranges).Where(b => b.First.Count > 0))
            Assert.Equal((bin.Confidence, bin.Accuracy), (range.GetProperty("confidence").GetDouble(), range.GetProperty("accuracy").GetDouble()));
    }

    [Fact]
    public void Report_LoadedModel_IsTheSame()
    {
        using var folder = new TempFolder();
        _ml.Vision.Save(trained.Model, folder.File("model.fovea"));
        using var loaded = _ml.Vision.LoadCnn(folder.File("model.fovea"), device: ComputeDevice.Cpu);
        var (first, second) = (_ml.Vision.Report(trained.Model), _ml.Vision.Report(loaded));
        Assert.Equal(Timeless(first.ToJson()), Timeless(second.ToJson()));

        static string Timeless(string json) => System.Text.RegularExpressions.Regex.Replace(json, "\"created\":\"[^\"]*\"", "");
    }

    [Fact]
    public void Save_Extension_DecidesTheForm()
    {
        using var folder = new TempFolder();
        var report = _ml.Vision.Report(trained.Model, Confused());
        report.Save(folder.File("run.html"));
        report.Save(folder.File("run.txt"));
        report.Save(folder.File("run.json"));
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(folder.File("run.html")));
        Assert.Contains("What ran", File.ReadAllText(folder.File("run.txt")));
        using var json = JsonDocument.Parse(File.ReadAllText(folder.File("run.json")));
        Assert.Equal(report.Headline["accuracy"], json.RootElement.GetProperty("headline").GetProperty("accuracy").GetDouble());
        Assert.Equal(3, json.RootElement.GetProperty("classes").GetProperty("confusion").GetArrayLength());
        Assert.Contains(".html", Assert.Throws<ArgumentException>(() => report.Save(folder.File("run.pdf"))).Message);
        Assert.Throws<DirectoryNotFoundException>(() => report.Save(Path.Combine(folder.Path, "none", "run.html")));
    }

    [Fact]
    public void Report_Chain_ReportsTheModelInIt()
    {
        var chain = _ml.Transforms.Conversion.MapValueToKey("Label").Append(_ml.Vision.Cnn(Drawings.Options with { Epochs = 1 })).Fit(Drawings.View(_ml, 24));
        var report = _ml.Vision.Report(chain, Drawings.View(_ml, 12, seed: 2));
        Assert.Equal(12, report.Headline["images"]);
        Assert.Contains("no models of this library", Assert.Throws<ArgumentException>(() => _ml.Vision.Report(_ml.Transforms.Conversion.MapValueToKey("Label").Fit(Drawings.View(_ml, 3)))).Message);
    }

    [Fact]
    public void Report_BadOptions_AreNamed()
    {
        var error = Assert.Throws<ArgumentException>(() => _ml.Vision.Report(trained.Model, new ReportOptions { Title = " ", Pictures = -1, PictureSize = 1, MaximumBytes = 3 }));
        foreach (var name in new[] { "Title", "Pictures", "PictureSize", "MaximumBytes" })
            Assert.Contains(name, error.Message);
    }

    [Fact]
    public void Compare_Models_HasOneTableAndTheirCurvesTogether()
    {
        var view = Confused();
        using var other = _ml.Vision.Cnn(Drawings.Options with { Epochs = 2, Seed = 3 }).Fit(Drawings.View(_ml, 24));
        var (first, second) = (_ml.Vision.Report(trained.Model, view, new() { Title = "long" }), _ml.Vision.Report(other, view, new() { Title = "short" }));
        var page = TrainingReport.Compare(first, second).Page();
        page.AssertSound();
        Assert.Equal(["long", "short"], page.Names("models", "model"));
        Assert.Equal([first.Headline["accuracy"], second.Headline["accuracy"]], page.Column("models", "accuracy"));
        Assert.Equal([8.0, 2.0], page.Column("models", "epochs"));
        var loss = page.QuerySelectorAll("#curves svg").Single(s => s.QuerySelector("title")!.TextContent == "Loss (training)");
        Assert.Equal(["long", "short"], loss.QuerySelectorAll("text.fv-legend").Select(t => t.TextContent));
        Assert.Equal(trained.Model.History.Epochs.Count + 2, loss.QuerySelectorAll("circle").Length);
        // Their training alone, of models as they are; the same name twice is told apart.
        Assert.Equal(["Classification: LeNet", "Classification: LeNet (2)"], TrainingReport.Compare(trained.Model, other).Page().Names("models", "model"));
        Assert.Throws<ArgumentException>(() => TrainingReport.Compare(first));
    }
}
