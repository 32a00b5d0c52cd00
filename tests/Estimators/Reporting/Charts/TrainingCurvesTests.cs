using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.ML;

namespace Fovea.Tests.Reporting.Charts;

public class TrainingCurvesTests
{
    private static TrainingHistory History(int epochs, bool validation = true) => new()
    {
        Epochs =
        [
            .. Enumerable.Range(1, epochs).Select(e => new EpochRecord
            {
                Epoch = e,
                LearningRate = 1e-3 / (e * e * e),
                Training = new Dictionary<string, double> { [Measure.Loss] = 3.0 / e, [Measure.PixelAccuracy] = 1 - 0.7 / e },
                Validation = validation ? new Dictionary<string, double> { [Measure.Loss] = 3.3 / e, [Measure.PixelAccuracy] = e == 2 ? double.NaN : 1 - 0.8 / e, [Measure.AveragePrecision50] = 0.5 } : null,
                ImagesPerSecond = 6000 + 10 * e,
                Duration = TimeSpan.FromSeconds(1),
            }),
        ],
        BestEpoch = epochs - 1,
        End = TrainingEnd.StoppedEarly,
        Device = "cpu",
        Precision = Precision.BFloat16,
    };

    [Fact]
    public void SaveTrainingCurves_History_HasItsNumbers()
    {
        using var folder = new TempFolder();
        var history = History(6);
        new MLContext().Vision.SaveTrainingCurves(history, folder.File("curves.svg"), "Streets");
        var page = XDocument.Load(folder.File("curves.svg")).Root!;
        Charts.AssertSound(page);
        Assert.Equal("Streets", page.Hover());
        Assert.Contains(page.All("text"), t => t.Value == "6 epochs on cpu in bfloat16, stopped early");
        Assert.Equal(["Loss", "Pixel accuracy", "AP50 (validation)", "Learning rate", "Speed"], page.All("text", "fv-title").Select(t => t.Value));

        var figures = page.Elements().Where(e => e.Name.LocalName == "g").ToList();
        // Each dot's words hold the history's number, to six digits.
        AssertNumbers(figures[0], "training, epoch", history.Epochs.Select(e => (e.Epoch, e.Training[Measure.Loss])));
        AssertNumbers(figures[0], "validation, epoch", history.Epochs.Select(e => (e.Epoch, e.Validation![Measure.Loss])));
        AssertNumbers(figures[1], "validation, epoch", history.Epochs.Where(e => e.Epoch != 2).Select(e => (e.Epoch, e.Validation![Measure.PixelAccuracy])));
        AssertNumbers(figures[2], "epoch", history.Epochs.Select(e => (e.Epoch, 0.5)));
        AssertNumbers(figures[3], "epoch", history.Epochs.Select(e => (e.Epoch, e.LearningRate)));
        AssertNumbers(figures[4], "epoch", history.Epochs.Select(e => (e.Epoch, e.ImagesPerSecond)));
        Assert.All(figures, f => Assert.Contains(f.All("text"), t => t.Value == "model's epoch: 5"));
        // A rate that falls to a 216th is drawn logarithmically.
        Assert.Contains("learning rate over epoch, logarithmic", page.Words());
        Assert.DoesNotContain("loss over epoch, logarithmic", page.Words());
    }

    [Fact]
    public void SaveTrainingCurves_WithoutValidation_HasTrainingAlone()
    {
        using var folder = new TempFolder();
        new MLContext().Vision.SaveTrainingCurves(History(2, validation: false), folder.File("curves.svg"));
        var page = XDocument.Load(folder.File("curves.svg")).Root!;
        Charts.AssertSound(page);
        Assert.Equal(["Loss (training)", "Pixel accuracy (training)", "Learning rate", "Speed"], page.All("text", "fv-title").Select(t => t.Value));
        Assert.Empty(page.All("text", "fv-legend"));
    }

    [Fact]
    public void SaveTrainingCurves_Unusable_SaysWhy()
    {
        using var folder = new TempFolder();
        var vision = new MLContext().Vision;
        Assert.Contains("no epoch", Assert.Throws<ArgumentException>(() => vision.SaveTrainingCurves(History(1) with { Epochs = [], BestEpoch = 0 }, folder.File("c.svg"))).Message);
        Assert.Contains(".svg", Assert.Throws<ArgumentException>(() => vision.SaveTrainingCurves(History(1), folder.File("c.html"))).Message);
        Assert.Throws<DirectoryNotFoundException>(() => vision.SaveTrainingCurves(History(1), Path.Combine(folder.Path, "none", "c.svg")));
    }

    [Fact]
    public void SaveTrainingCurves_FileThere_IsReplaced()
    {
        using var folder = new TempFolder();
        var path = folder.Write("curves.svg", "old"u8.ToArray());
        new MLContext().Vision.SaveTrainingCurves(History(1), path);
        Assert.Equal("svg", XDocument.Load(path).Root!.Name.LocalName);
    }

    private static void AssertNumbers(XElement figure, string begin, IEnumerable<(int Epoch, double Value)> expected)
    {
        var said = figure.All("circle").Select(c => Regex.Match(c.Hover(), $"^{begin} (.+): (.+)$")).Where(m => m.Success)
            .Select(m => (int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture))).ToList();
        var numbers = expected.ToList();
        Assert.Equal(numbers.Select(n => n.Epoch), said.Select(s => s.Item1));
        foreach (var (shown, number) in said.Zip(numbers))
            Assert.Equal(number.Value, shown.Item2, 5e-6 * number.Value); // six digits
    }
}
