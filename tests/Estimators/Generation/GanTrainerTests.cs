using Fovea.Generation;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Fovea.Tests.Generation;

public class GanTrainerTests
{
    private static readonly MLContext _ml = new(1);

    internal static GanOptions Small => new()
    {
        Architecture = GanArchitecture.Dense,
        Channels = ImageChannels.Grey,
        ImageHeight = 16,
        ImageWidth = 16,
        Width = 8,
        LatentSize = 8,
        BatchSize = 16,
        Epochs = 1,
        LearningRate = 1e-3,
        Precision = Precision.Float32,
    };

    [Theory]
    [InlineData(GanLoss.NonSaturating, false)]
    [InlineData(GanLoss.LeastSquares, false)]
    [InlineData(GanLoss.Hinge, true)]
    [InlineData(GanLoss.Wasserstein, false)]
    public void Fit_TwoClasses_DrawsEach(GanLoss loss, bool spectralNorm)
    {
        using var discs = new Discs(64);
        using var model = _ml.Vision.Gan(Small with { Conditional = true, Loss = loss, SpectralNorm = spectralNorm, Epochs = 60, AdamBeta1 = loss == GanLoss.Wasserstein ? 0 : 0.5 }).Fit(discs.View);
        Assert.Equal(["large", "small"], model.ClassNames);
        // The real discs cover 64 to 80 and 7 to 13 of 100 pixels.
        var (large, small) = (Brightness(model.Generate(32, 1, "large")), Brightness(model.Generate(32, 1, "small")));
        Assert.InRange(large, 0.45, 0.95);
        Assert.InRange(small, 0, 0.3);
    }

    [Fact]
    public void Fit_Dcgan_ReportsBothNetworks()
    {
        using var discs = new Discs(18);
        var epochs = new List<EpochRecord>();
        using var model = _ml.Vision.Gan(Small with { Architecture = GanArchitecture.Dcgan, Width = 2, BatchSize = 8, Epochs = 2, Progress = new Listener(p => { if (p.Completed is { } e) epochs.Add(e); }) }).Fit(discs.View);
        Assert.Equal(2, epochs.Count);
        var means = epochs[1].Training;
        Assert.Equal([Measure.Loss, Measure.DiscriminatorLoss, Measure.GeneratorLoss, Measure.RealScore, Measure.FakeScore], means.Keys);
        Assert.Equal(means[Measure.DiscriminatorLoss] + means[Measure.GeneratorLoss], means[Measure.Loss], 1e-5); // float32
        Assert.InRange(means[Measure.RealScore], 0, 1);
        Assert.InRange(means[Measure.FakeScore], 0, 1);
    }

    [Theory]
    [InlineData(GanLoss.NonSaturating, false, 28)]
    [InlineData(GanLoss.Minimax, false, 28)]
    [InlineData(GanLoss.LeastSquares, false, 28)]
    [InlineData(GanLoss.Hinge, true, 28)]
    [InlineData(GanLoss.Wasserstein, false, 28)]
    [InlineData(GanLoss.Wasserstein, true, 40)]
    public void Fit_DcganAgainstAnOpponentThatStandsStill_LowersItsOwnLoss(GanLoss loss, bool spectralNorm, int size)
    {
        using var discs = new Discs(16, size);
        var options = Small with { Architecture = GanArchitecture.Dcgan, Precision = Precision.Auto, ImageHeight = size, ImageWidth = size, Width = 4, Loss = loss, SpectralNorm = spectralNorm, BatchSize = 8, Epochs = 6 };
        using var judge = _ml.Vision.Gan(options with { LearningRate = 1e-9, DiscriminatorLearningRate = 5e-3 }).Fit(discs.View);
        Assert.True(judge.History.Epochs[^1].Training[Measure.DiscriminatorLoss] < judge.History.Epochs[0].Training[Measure.DiscriminatorLoss]);
        using var maker = _ml.Vision.Gan(options with { LearningRate = 1e-2, DiscriminatorLearningRate = 1e-9 }).Fit(discs.View);
        Assert.True(maker.History.Epochs[^1].Training[Measure.GeneratorLoss] < maker.History.Epochs[0].Training[Measure.GeneratorLoss]);
    }

    [Fact]
    public void Fit_SameSeed_GivesTheSameBits()
    {
        using var discs = new Discs(20);
        var options = Small with { Epochs = 2, DiscriminatorSteps = 2, Prior = LatentPrior.Uniform, AverageWeights = 0.9, DiscriminatorLearningRate = 2e-3, LabelSmoothing = 0.1 };
        using var first = _ml.Vision.Gan(options).Fit(discs.View);
        using var second = _ml.Vision.Gan(options).Fit(discs.View);
        Assert.Equal(first.History.Epochs.Select(e => e.Training[Measure.Loss]), second.History.Epochs.Select(e => e.Training[Measure.Loss]));
        Assert.Equal(GanTransformerTests.Pixels(first.Generate(5, 3)), GanTransformerTests.Pixels(second.Generate(5, 3)));
    }

    [Fact]
    public void Train_StepsOfTheDiscriminatorAlone_LeaveTheGeneratorsWeights()
    {
        using var scope = NewDisposeScope();
        var options = Small with { DiscriminatorSteps = 3 };
        var model = GanModel.Of(options);
        using var network = model.CreateNetwork(0, CPU);
        using var normalizer = model.Normalizer();
        using var step = new GanStep(network, normalizer, 0, options, CPU, Precision.Float32);
        var batch = new Fovea.Data.ImageBatch { Images = randint(0, 256, [4, 1, 16, 16], ScalarType.Byte), Labels = zeros(4, ScalarType.Int64), Count = 4, Rows = new[] { 0, 1, 2, 3 } };
        float[] Weights(nn.Module of) => [.. of.parameters().SelectMany(p => p.detach().cpu().data<float>().ToArray())];
        var (generator, discriminator) = (Weights(network.Generator), Weights(network.Discriminator));
        for (var i = 0; i < 2; i++)
            step.Train(batch, 1);
        Assert.Equal(generator, Weights(network.Generator));
        Assert.NotEqual(discriminator, Weights(network.Discriminator));
        step.Train(batch, 1);
        Assert.NotEqual(generator, Weights(network.Generator));
    }

    [Fact]
    public void Fit_AveragedWeights_HaveStatisticsOfTheirOwn()
    {
        using var discs = new Discs(16);
        // Average weights that hardly leave their beginning: with the training's statistics instead of their own, pictures would differ.
        using var model = _ml.Vision.Gan(Small with { Epochs = 3, LearningRate = 0.05, AverageWeights = 0.999999 }).Fit(discs.View);
        var norms = ((Fovea.Storage.IStorable)model).Weights().Where(w => w.Key.StartsWith("generator.norms.0.running_", StringComparison.Ordinal)).ToDictionary(w => w.Key.Split('.')[^1], w => w.Value);
        var weight = ((Fovea.Storage.IStorable)model).Weights()["generator.hidden.0.weight"];
        using var scope = NewDisposeScope();
        // Of normal inputs every output's variance is the sum of its squared weights; batches of 16 scatter it by half.
        var ratio = norms["running_var"] / weight.detach().square().sum(1);
        Assert.InRange(ratio.mean().item<float>(), 0.8, 1.25);
    }

    [Fact]
    public void Fit_SampleFolder_GetsAGridForEachEpoch()
    {
        using var discs = new Discs(8);
        using var folder = new TempFolder();
        using var model = _ml.Vision.Gan(Small with { Epochs = 2, SampleFolder = folder.Path }).Fit(discs.View);
        Assert.Equal(["epoch-001.png", "epoch-002.png"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
        using var image = MLImage.CreateFromFile(folder.File("epoch-002.png"));
        Assert.Equal((10 * 66 + 2, 10 * 66 + 2), (image.Width, image.Height)); // 16 pixels, four times as large, and gaps of 2
        model.SaveSamples(folder.File("more.png"), rows: 2, columns: 3);
        using var more = MLImage.CreateFromFile(folder.File("more.png"));
        Assert.Equal((3 * 66 + 2, 2 * 66 + 2), (more.Width, more.Height));
        model.SaveSamples(folder.File("more.svg"), rows: 2, columns: 3);
        Assert.Equal(6, System.Xml.Linq.XDocument.Load(folder.File("more.svg")).Descendants().Count(e => e.Name.LocalName == "image"));
    }

    [Fact]
    public void Fit_OneRow_SaysThatTwoAreNeeded()
    {
        using var discs = new Discs(2);
        Assert.Contains("1 row; a GAN needs at least two", Assert.Throws<InvalidDataException>(() => _ml.Vision.Gan(Small).Fit(_ml.Data.TakeRows(discs.View, 1))).Message);
    }

    [Fact]
    public void Fit_LastBatchOfOneRow_JoinsTheOneBefore()
    {
        using var discs = new Discs(17);
        using var model = _ml.Vision.Gan(Small).Fit(discs.View);
        Assert.Single(model.History.Epochs);
    }

    [Fact]
    public void Fit_RateTooHigh_StopsAtNaN()
    {
        using var discs = new Discs(16);
        var error = Assert.Throws<TrainingDivergedException>(() => _ml.Vision.Gan(Small with { Loss = GanLoss.LeastSquares, Optimizer = OptimizerKind.Sgd, LearningRate = 1e30, Epochs = 5 }).Fit(discs.View));
        (error.Model as IDisposable)?.Dispose();
    }

    [Fact]
    public void Fit_AndGenerate_LeaveOnlyTheNetworkAlive()
    {
        using var discs = new Discs(8);
        var options = Small with { Epochs = 2, Loss = GanLoss.Wasserstein, SpectralNorm = true, Conditional = true, AverageWeights = 0.9 };
        var before = Live.Tensors();
        GanModel.Of(options).CreateNetwork(2, CPU).Dispose();
        var remaining = Live.Tensors() - before; // what the package counts as alive for ever
        var model = _ml.Vision.Gan(options).Fit(discs.View);
        GanTransformerTests.Pixels(model.Generate(5, 0));
        GanTransformerTests.Scores(model.Transform(discs.View));
        model.Dispose();
        Assert.Equal(before + 2 * remaining, Live.Tensors());
    }

    [Theory]
    [InlineData(GanLoss.NonSaturating, 0, 0.995, 0.005, 0.01, true)]
    [InlineData(GanLoss.NonSaturating, 0, 0.98, 0.005, 0.03, false)]
    [InlineData(GanLoss.NonSaturating, 0, 0.995, 0.02, 0.03, false)]
    [InlineData(GanLoss.Minimax, 0.1, 0.9, 0.005, 0.33, true)]
    [InlineData(GanLoss.LeastSquares, 0, 1.0, 0.0, 0.0, true)]
    [InlineData(GanLoss.Hinge, 0, 1.3, -1.2, 0.001, true)]
    [InlineData(GanLoss.Hinge, 0, 1.3, -1.2, 0.3, false)]
    [InlineData(GanLoss.Wasserstein, 0, 50, -50, -100, false)]
    public void HasWon_ByTheEpochsMeans_IsToldByLoss(GanLoss loss, double smoothing, double real, double fake, double judge, bool won) =>
        Assert.Equal(won, GanWatch.HasWon(loss, smoothing, new Dictionary<string, double> { [Measure.RealScore] = real, [Measure.FakeScore] = fake, [Measure.DiscriminatorLoss] = judge }));

    [Fact]
    public void Fit_DiscriminatorThatWins_WarnsInWords()
    {
        using var discs = new Discs(32);
        var ml = new MLContext(1);
        var warnings = new List<string>();
        ml.Log += (_, e) => { if (e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning) warnings.Add(e.Message); };
        // A generator that hardly moves against a discriminator that does.
        using var model = ml.Vision.Gan(Small with { LearningRate = 1e-9, DiscriminatorLearningRate = 0.01, Epochs = 20, BatchSize = 4 }).Fit(discs.View);
        Assert.Contains("the discriminator has won", Assert.Single(warnings));
    }

    private static double Brightness(IDataView view) => GanTransformerTests.Pixels(view).Average(p => p / 255.0);

    private sealed class Listener(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }
}
