using Fovea.Tests.Reporting.Report;
using Microsoft.ML;

namespace Fovea.Tests.Autoencoding.Reporting;

public class AutoencoderReportTests
{
    private static readonly MLContext _ml = new(1);

    [Fact]
    public void Report_Variational_HasTheNumbersOfTheMetricsAndPicturesOfCodes()
    {
        using var blobs = new Blobs(12);
        using var model = _ml.Vision.Autoencoder(AutoencoderTrainerTests.Small with { Kind = AutoencoderKind.Variational, LatentSize = 2, Epochs = 1, AnomalyQuantile = 0.9 }).Fit(blobs.View);
        var evaluation = new AutoencoderEvaluation { Channels = ImageChannels.Grey, LabelColumn = "Label", AnomalousLabels = ["square"] };
        var metrics = _ml.Vision.EvaluateAutoencoder(model.Transform(blobs.View), evaluation);
        var page = _ml.Vision.Report(model, blobs.View, new() { Pictures = 4 }, evaluation).Page();
        page.AssertSound();
        Assert.Equal(metrics.Ssim, page.Headline("ssim"));
        Assert.Equal(metrics.RocAuc!.Value, page.Headline("rocAuc"));
        foreach (var (key, value) in new (string, double?)[]
        {
            ("meanSquaredError", metrics.MeanSquaredError), ("psnr", metrics.Psnr), ("ssim", metrics.Ssim), ("negativeLogLikelihood", metrics.NegativeLogLikelihood), ("klDivergence", metrics.KLDivergence),
            ("negativeElbo", metrics.NegativeElbo), ("bitsPerDimension", metrics.BitsPerDimension), ("rocAuc", metrics.RocAuc), ("truePositiveRate", metrics.TruePositiveRate), ("falsePositiveRate", metrics.FalsePositiveRate),
        })
            Assert.Equal(value!.Value, page.Fact("reconstructions", key));
        // The threshold stands in both histograms, and the largest error comes first.
        Assert.All(["normalErrors", "anomalyErrors"], key => Assert.Contains(page.QuerySelectorAll($"[data-key='{key}'] svg text"), t => t.TextContent.StartsWith("anomalous from", StringComparison.Ordinal)));
        var errors = page.QuerySelectorAll("[data-key='worstImages'] [data-key='score'] data").Select(d => d.Number()).ToList();
        Assert.Equal(4, errors.Count);
        Assert.Equal(errors.OrderDescending(), errors);
        Assert.All(["samples", "interpolations", "plane"], key => Assert.Single(page.QuerySelectorAll($"#codes [data-key='{key}'] img")));
        Assert.Equal(model.Summary.Parameters, page.Fact("network", "parameters"));
    }

    [Fact]
    public void Report_CorruptedInput_ShowsWhatTheNetworkSaw()
    {
        using var blobs = new Blobs(6);
        using var model = _ml.Vision.Autoencoder(AutoencoderTrainerTests.Small with { Kind = AutoencoderKind.Denoising, Epochs = 1 }).Fit(blobs.View);
        var page = _ml.Vision.Report(model.With(InputNoise.Gaussian(0.2)), blobs.View).Page();
        page.AssertSound();
        Assert.Equal(["image", "corrupted", "reconstruction"], page.QuerySelector("[data-key='firstImages'] .group")!.QuerySelectorAll(".pane span").Select(s => s.TextContent));
        Assert.NotNull(page.QuerySelector("[data-key='errors'] svg"));
        Assert.Null(page.QuerySelector("[data-key='samples']"));
        Assert.Equal(page.Fact("reconstructions", "psnr") - page.Fact("reconstructions", "noisyPsnr"), page.Headline("psnrGain"), 0.005); // the headline has two decimals
    }
}
