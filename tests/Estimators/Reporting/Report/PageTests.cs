using Fovea.Reporting;
using Fovea.Tests.Autoencoding;
using Fovea.Tests.Classification;
using Fovea.Tests.Detection;
using Fovea.Tests.Generation;
using Fovea.Tests.Segmentation;
using Microsoft.ML;

namespace Fovea.Tests.Reporting.Report;

/// <summary>Each task's report in Chromium, in one browser for all.</summary>
public sealed class PageTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Page_NamesOfAllKinds_AreShownAndNothingRuns()
    {
        using var browser = new Browser();
        const string Long = "a_name_without_a_place_to_break_it_that_is_far_longer_than_any_phone_is_wide_and_goes_on_and_on_and_on";
        foreach (var (i, text) in new[] { "<script>alert(1)</script>", "Ærø \"x\" & 猫", Long }.Index())
        {
            var path = _folder.File($"{i}.html");
            File.WriteAllText(path, HtmlReport.Of(Runs.Page(text), 224, 3_000_000));
            PageAssert.Holds(browser, path);
            Assert.Equal(text, (string)browser.Look(path, 1280, isDark: false, "document.querySelector('h1').textContent").Value!);
        }
    }

    [SkippableFact]
    public void Page_OfEachTask_HoldsOnDesktopAndPhoneInLightAndDark()
    {
        using var browser = new Browser();
        foreach (var (name, report) in Reports())
        {
            var path = _folder.File($"{name}.html");
            report.Save(path);
            PageAssert.Holds(browser, path);
        }
    }

    private IEnumerable<(string Name, TrainingReport Report)> Reports()
    {
        var drawings = Drawings.View(_ml, 30, seed: 4);
        using (var model = _ml.Vision.Cnn(Drawings.Options with { Epochs = 2 }).Fit(Drawings.View(_ml, 48)))
        {
            yield return ("classification", _ml.Vision.Report(model, drawings));
            yield return ("comparison", TrainingReport.Compare(_ml.Vision.Report(model, drawings), _ml.Vision.Report(model)));
        }
        using (var scenes = new Scenes(5))
        using (var model = _ml.Vision.Segmentation(new() { UNet = new() { Width = 4, Depth = 2 }, Channels = ImageChannels.Grey, Epochs = 1, BatchSize = 4, Precision = Precision.Float32 }).Fit(scenes.View))
            yield return ("segmentation", _ml.Vision.Report(model, scenes.View));
        var objects = ObjectScenes.View(_ml, 6);
        using (var model = _ml.Vision.Detection(new() { Yolo = new() { Width = 16 }, ImageHeight = 96, ImageWidth = 96, Epochs = 1, BatchSize = 2, Precision = Precision.Float32 }).Fit(objects))
            yield return ("detection", _ml.Vision.Report(model, objects, null, new() { Score = 0.01 }));
        using (var blobs = new Blobs(12))
        using (var model = _ml.Vision.Autoencoder(AutoencoderTrainerTests.Small with { Kind = AutoencoderKind.Variational, Epochs = 1, AnomalyQuantile = 0.9 }).Fit(blobs.View))
            yield return ("autoencoding", _ml.Vision.Report(model, blobs.View));
        using (var discs = new Discs(24))
        using (var model = _ml.Vision.Gan(GanTrainerTests.Small with { Conditional = true, Epochs = 2 }).Fit(discs.View))
            yield return ("generation", _ml.Vision.Report(model, discs.View));
    }
}
