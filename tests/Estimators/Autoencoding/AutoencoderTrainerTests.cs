using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Fovea.Tests.Autoencoding;

public class AutoencoderTrainerTests
{
    private static readonly MLContext _ml = new(1);

    internal static AutoencoderOptions Small => new()
    {
        Architecture = AutoencoderArchitecture.Dense,
        HiddenWidths = [64],
        LatentSize = 6,
        Channels = ImageChannels.Grey,
        Epochs = 30,
        BatchSize = 8,
        LearningRate = 3e-3,
        Precision = Precision.Float32,
    };

    private static readonly AutoencoderEvaluation _grey = new() { Channels = ImageChannels.Grey };

    [Theory]
    [InlineData(AutoencoderArchitecture.Dense, AutoencoderKind.Compression)]
    [InlineData(AutoencoderArchitecture.Convolutional, AutoencoderKind.Compression)]
    [InlineData(AutoencoderArchitecture.Dense, AutoencoderKind.Variational)]
    public void Fit_Shapes_BringsThemBack(AutoencoderArchitecture architecture, AutoencoderKind kind)
    {
        using var blobs = new Blobs(64);
        using var model = _ml.Vision.Autoencoder(Small with { Architecture = architecture, Kind = kind, Convolutional = new() { Width = 8 } }).Fit(blobs.View);
        var metrics = _ml.Vision.EvaluateAutoencoder(model.Transform(blobs.View), _grey);
        // The mean image is 9 dB away from these; a network that learned nothing is not nearer.
        Assert.InRange(metrics.Psnr, 12, 60);
        Assert.Equal((64, 256, 6), (metrics.Rows, metrics.Dimensions, metrics.LatentSize));
        var losses = model.History.Epochs.Select(e => e.Training[Measure.Loss]).ToList();
        Assert.True(losses[^1] < losses[0]);
    }

    [Fact]
    public void Fit_SameSeed_GivesTheSameBits()
    {
        using var blobs = new Blobs(12);
        var options = Small with { Kind = AutoencoderKind.Variational, Architecture = AutoencoderArchitecture.Convolutional, Convolutional = new() { Width = 4 }, Epochs = 2 };
        using var first = _ml.Vision.Autoencoder(options).Fit(blobs.View);
        using var second = _ml.Vision.Autoencoder(options).Fit(blobs.View);
        Assert.Equal(first.History.Epochs.Select(e => e.Training[Measure.Loss]), second.History.Epochs.Select(e => e.Training[Measure.Loss]));
        Assert.Equal(Numbers(first.Transform(blobs.View), "NegativeLogLikelihood"), Numbers(second.Transform(blobs.View), "NegativeLogLikelihood"));
    }

    [Theory]
    [InlineData(InputNoiseKind.Gaussian)]
    [InlineData(InputNoiseKind.SaltAndPepper)]
    [InlineData(InputNoiseKind.Masking)]
    public void Fit_Denoising_ComesNearerToTheCleanImages(InputNoiseKind kind)
    {
        var noise = kind switch
        {
            InputNoiseKind.Gaussian => InputNoise.Gaussian(0.5),
            InputNoiseKind.SaltAndPepper => InputNoise.SaltAndPepper(0.3),
            _ => InputNoise.Masking(0.5),
        };
        using var blobs = new Blobs(96);
        using var model = _ml.Vision.Autoencoder(Small with { Kind = AutoencoderKind.Denoising, Noise = noise, LatentSize = 16, Epochs = 40 }).Fit(blobs.View);
        using var noisy = model.With(noise, seed: 3);
        var metrics = _ml.Vision.EvaluateAutoencoder(noisy.Transform(blobs.View), _grey);
        Assert.True(metrics.PsnrGain > 1, metrics.ToString()); // masked pixels of black are no error, so that gains least
    }

    [Fact]
    public void With_Noise_FollowsFromTheImageAlone()
    {
        using var blobs = new Blobs(10);
        using var model = _ml.Vision.Autoencoder(Small with { Kind = AutoencoderKind.Denoising, Epochs = 1 }).Fit(blobs.View);
        using var noisy = model.With(InputNoise.Gaussian(0.3), seed: 1);
        using var other = model.With(InputNoise.Gaussian(0.3), seed: 2);
        var all = Pictures(noisy.Transform(blobs.View), "NoisyImage");
        Assert.Equal(all[7], Pictures(noisy.Transform(_ml.Data.SkipRows(blobs.View, 7)), "NoisyImage")[0]);
        Assert.NotEqual(all[7], Pictures(other.Transform(blobs.View), "NoisyImage")[7]);
        Assert.Null(model.Transform(blobs.View).Schema.GetColumnOrNull("NoisyImage"));
    }

    [Fact]
    public void Apply_EachNoise_ChangesWhatItSays()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        var images = full([4, 3, 50, 50], 0.5);
        var gaussian = InputNoise.Gaussian(0.1).Apply(images);
        Assert.Equal(0.1, gaussian.std().item<float>(), 0.002); // of 30,000 numbers
        var pepper = InputNoise.SaltAndPepper(0.2).Apply(images);
        Assert.Equal(0.1, pepper.eq(0).to(ScalarType.Float32).mean().item<float>(), 0.015); // of 10,000 pixels: 0.003 is one deviation
        Assert.Equal(0.1, pepper.eq(1).to(ScalarType.Float32).mean().item<float>(), 0.015);
        Assert.True(pepper[0, 0].eq(pepper[0, 1]).all().item<bool>());
        var masked = InputNoise.Masking(0.7).Apply(images);
        Assert.Equal(0.7, masked.eq(0).to(ScalarType.Float32).mean().item<float>(), 0.02);
        Assert.True(images.eq(0.5).all().item<bool>());
    }

    [Fact]
    public void Evaluate_Variational_AddsUp()
    {
        using var blobs = new Blobs(20);
        using var model = _ml.Vision.Autoencoder(Small with { Kind = AutoencoderKind.Variational, Epochs = 10, ImportanceSamples = 20 }).Fit(blobs.View);
        var view = model.Transform(blobs.View);
        var metrics = _ml.Vision.EvaluateAutoencoder(view, _grey);
        var (likelihoods, divergences, bounds) = (Numbers(view, "NegativeLogLikelihood"), Numbers(view, "KLDivergence"), Numbers(view, "ImportanceWeightedBound"));
        Assert.Equal(likelihoods.Average() + divergences.Average(), metrics.NegativeElbo!.Value, 1e-3); // float32 sums of numbers near 100
        Assert.Equal(metrics.NegativeElbo.Value / 256 / Math.Log(2), metrics.BitsPerDimension!.Value, 1e-12);
        Assert.True(bounds.Average() < metrics.NegativeElbo, "the weighted bound is tighter");
        var (means, variances) = (Vectors(view, "LatentMean"), Vectors(view, "LatentVariance"));
        for (var i = 0; i < 20; i++)
            Assert.Equal(0.5 * means[i].Zip(variances[i], (m, v) => m * m + v - 1 - Math.Log(v)).Sum(), divergences[i], 1e-3); // float32
        Assert.Equal(Vectors(view, "Latent"), means);
    }

    [Fact]
    public void ImportanceBound_OfOneSample_IsTheSampledBound()
    {
        // ln p(x|z) + ln p(z) − ln q(z|x) has the ELBO's mean; with μ = 0 and σ = 1 forced by a large β it is the likelihood's alone.
        using var blobs = new Blobs(16);
        using var model = _ml.Vision.Autoencoder(Small with { Kind = AutoencoderKind.Variational, Epochs = 60, Beta = 1000, ImportanceSamples = 1 }).Fit(blobs.View);
        var view = model.Transform(blobs.View);
        var (likelihoods, bounds) = (Numbers(view, "NegativeLogLikelihood"), Numbers(view, "ImportanceWeightedBound"));
        Assert.InRange(Numbers(view, "KLDivergence").Average(), 0, 0.2);
        for (var i = 0; i < 16; i++)
            Assert.Equal(likelihoods[i], bounds[i], 3f); // what little is left of the divergence, of one sample
    }

    [Fact]
    public void Step_WarmUp_GrowsBetaEvenly()
    {
        using var blobs = new Blobs(16);
        using var none = _ml.Vision.Autoencoder(Small with { Kind = AutoencoderKind.Variational, Epochs = 1, Beta = 0 }).Fit(blobs.View);
        using var warm = _ml.Vision.Autoencoder(Small with { Kind = AutoencoderKind.Variational, Epochs = 2, Beta = 4, BetaWarmUpEpochs = 2 }).Fit(blobs.View);
        var plain = none.History.Epochs[0].Training;
        Assert.Equal(plain[Measure.ReconstructionLoss], plain[Measure.Loss], 1e-3); // float32
        var first = warm.History.Epochs[0].Training;
        // Two steps of 8 an epoch, four to the whole of β: 0 and 1.
        Assert.InRange(first[Measure.Loss], first[Measure.ReconstructionLoss], first[Measure.ReconstructionLoss] + first[Measure.DivergenceLoss]);
    }

    [Fact]
    public void Fit_AnomalyQuantile_CallsThatShareOfTheTrainingImages()
    {
        using var blobs = new Blobs(40);
        using var model = _ml.Vision.Autoencoder(Small with { Epochs = 3, AnomalyQuantile = 0.9 }).Fit(blobs.View);
        var view = model.Transform(blobs.View);
        var errors = Numbers(view, "ReconstructionError");
        var flags = view.GetColumn<bool>("IsAnomaly").ToArray();
        Assert.Equal(4, flags.Count(f => f));
        Assert.Equal(errors.Select(e => e > model.AnomalyThreshold), flags);
        var metrics = _ml.Vision.EvaluateAutoencoder(view, _grey with { LabelColumn = "Label", AnomalousLabels = ["square"] });
        Assert.InRange(metrics.RocAuc!.Value, 0, 1);
        Assert.Equal(4, (metrics.TruePositiveRate + metrics.FalsePositiveRate) * 20);
    }

    [Fact]
    public void Save_AndLoad_PredictsTheSame()
    {
        using var blobs = new Blobs(12, channels: 3);
        using var model = _ml.Vision.Autoencoder(Small with
        {
            Kind = AutoencoderKind.Variational,
            Architecture = AutoencoderArchitecture.Convolutional,
            Convolutional = new() { Width = 4, Upsampling = AutoencoderUpsampling.Bilinear },
            Channels = ImageChannels.Rgb,
            Epochs = 2,
            AnomalyQuantile = 0.5,
        }).Fit(blobs.View);
        _ml.Vision.Save(model, blobs.File("model.fovea"));
        using var loaded = Assert.IsType<AutoencoderTransformer>(_ml.Vision.Load(blobs.File("model.fovea")));
        Assert.Equal(model.AnomalyThreshold, loaded.AnomalyThreshold);
        Assert.Equal(model.Options.Convolutional, loaded.Options.Convolutional);
        foreach (var column in new[] { "ReconstructionError", "NegativeLogLikelihood", "KLDivergence" })
            Assert.Equal(Numbers(model.Transform(blobs.View), column), Numbers(loaded.Transform(blobs.View), column));
        Assert.Equal(Pictures(model.Transform(blobs.View), "Reconstruction"), Pictures(loaded.Transform(blobs.View), "Reconstruction"));
    }

    [Fact]
    public void Transform_ImagesOfOtherSizes_AreResized()
    {
        using var blobs = new Blobs(6);
        using var model = _ml.Vision.Autoencoder(Small with { Epochs = 1 }).Fit(blobs.View);
        using var others = new Blobs(2, height: 21, width: 33);
        var view = model.Transform(others.View);
        Assert.All(Pictures(view, "Reconstruction"), pixels => Assert.Equal(16 * 16 * 4, pixels.Length));
        Assert.Equal((16, 16), model.ImageSize);
        Assert.Equal(2, _ml.Vision.EvaluateAutoencoder(view, _grey).Rows);
    }

    [Fact]
    public void Fit_AndPredict_LeaveNothingAlive()
    {
        using var blobs = new Blobs(6);
        var before = Live.Tensors();
        Run(blobs); // what the package counts as alive for ever
        var remaining = Live.Tensors() - before;
        Run(blobs);
        Assert.Equal(before + 2 * remaining, Live.Tensors());

        static void Run(Blobs blobs)
        {
            using var model = _ml.Vision.Autoencoder(Small with { Kind = AutoencoderKind.Variational, Epochs = 2, AnomalyQuantile = 0.9, ImportanceSamples = 3 }).Fit(blobs.View);
            using var noisy = model.With(InputNoise.Masking(0.2));
            Numbers(noisy.Transform(blobs.View), "NegativeLogLikelihood");
            foreach (var image in model.Sample(3))
                image.Dispose();
        }
    }

    internal static float[] Numbers(IDataView view, string column) => [.. view.GetColumn<float>(column)];

    internal static float[][] Vectors(IDataView view, string column) => [.. view.GetColumn<float[]>(column)];

    internal static byte[][] Pictures(IDataView view, string name)
    {
        var column = view.Schema[name];
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<MLImage>(column);
        var pictures = new List<byte[]>();
        MLImage image = null!;
        while (cursor.MoveNext())
        {
            getter(ref image);
            pictures.Add(image.Pixels.ToArray());
        }
        image?.Dispose();
        return [.. pictures];
    }
}
