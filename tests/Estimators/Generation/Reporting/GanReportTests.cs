using Fovea.Tests.Reporting.Report;
using Microsoft.ML;

namespace Fovea.Tests.Generation.Reporting;

public class GanReportTests
{
    private static readonly MLContext _ml = new(1);

    [Fact]
    public void Report_WithMetrics_HasTheirNumbersSamplesAndBothNetworks()
    {
        using var discs = new Discs(24);
        using var model = _ml.Vision.Gan(GanTrainerTests.Small with { Conditional = true, Epochs = 2 }).Fit(discs.View);
        using var judge = _ml.Vision.Cnn(new() { Architecture = CnnArchitecture.LeNet, Channels = ImageChannels.Grey, ImageHeight = 16, ImageWidth = 16, Epochs = 1, Precision = Precision.Float32 }).Fit(discs.View);
        var metrics = _ml.Vision.EvaluateGeneration(model.Generate(20, 1), discs.View, judge);
        var page = _ml.Vision.Report(model, metrics).Page();
        page.AssertSound();
        Assert.Equal(metrics.FrechetDistance, page.Headline("frechetDistance"));
        Assert.Equal(["large: 12", "small: 12"], page.QuerySelectorAll("[data-key='classBalance'] rect title").Select(t => t.TextContent));
        foreach (var (key, value) in new[]
        {
            ("frechetFloor", metrics.FrechetFloor), ("kernelDistance", metrics.KernelDistance), ("kernelFloor", metrics.KernelFloor), ("precision", metrics.Precision), ("recall", metrics.Recall), ("classEntropy", metrics.ClassEntropy),
        })
            Assert.Equal(value, page.Fact("quality", key));
        Assert.All(["samples", "interpolations"], key => Assert.Single(page.QuerySelectorAll($"#samples [data-key='{key}'] img")));
        Assert.All(["losses", "verdicts"], key => Assert.Equal(4, page.QuerySelectorAll($"[data-key='{key}'] circle").Length)); // two lines of two epochs
        Assert.Equal(model.Summary.Parameters, page.QuerySelector("[data-key='generator.facts'] [data-key='parameters'] data")!.Number());
        Assert.Equal(model.DiscriminatorSummary.Layers.Select(l => (double)l.Macs), page.Column("discriminator.layers", "macs"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Summaries_Dcgan_CountWhatConvolutionsMultiply(bool spectralNorm)
    {
        using var discs = new Discs(8);
        using var model = _ml.Vision.Gan(GanTrainerTests.Small with { Architecture = GanArchitecture.Dcgan, ImageHeight = 32, ImageWidth = 32, Width = 2, LatentSize = 5, BatchSize = 4, SpectralNorm = spectralNorm }).Fit(discs.View);
        // From 5 numbers to 8 maps of 4 x 4, then three times twice the size with half the maps, the last time one: each pixel of the input meets 16 weights a map made.
        Assert.Equal((5 * 8 * 16) + (16 * 8 * 4 * 16) + (64 * 4 * 2 * 16) + (256 * 2 * 1 * 16), model.Summary.Macs);
        // And back, by 4 x 4 windows: 2, 4 and 8 maps, and one number of all.
        Assert.Equal((256 * 2 * 1 * 16) + (64 * 4 * 2 * 16) + (16 * 8 * 4 * 16) + (16 * 8), model.DiscriminatorSummary.Macs);
        Assert.Equal(model.DiscriminatorSummary.Parameters, model.DiscriminatorSummary.Layers.Sum(l => l.Parameters));
    }

    [Fact]
    public void Report_WithRealImages_ShowsWhatTheDiscriminatorSaysOfThem()
    {
        using var discs = new Discs(10);
        using var model = _ml.Vision.Gan(GanTrainerTests.Small with { BatchSize = 5 }).Fit(discs.View);
        var page = _ml.Vision.Report(model, discs.View).Page();
        page.AssertSound();
        Assert.Null(page.QuerySelector("[data-key='classBalance']")); // without classes
        Assert.StartsWith("What the discriminator says of other real images: 10 values", page.QuerySelector("[data-key='realScores'] desc")!.TextContent);
    }
}
