using Fovea.Data;
using Fovea.Storage;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Classification;

/// <summary>A classifier with each kind of normalization: trained, saved, loaded, predicting.</summary>
public class CnnNormalizationTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<Normalization> Kinds => new()
    {
        Normalization.ZeroToOne, Normalization.PerChannel([0.4f], [0.2f]), Normalization.Measured, Normalization.MeanImage, Normalization.Zca(0.05),
    };

    private static float[][] Scores(ITransformer model, IDataView view) => [.. model.Transform(view).GetColumn<float[]>("Score")];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SaveAndLoad_AnyKind_PredictsTheSameBits(Normalization normalization)
    {
        using var folder = new TempFolder();
        var unseen = Drawings.View(_ml, 20, seed: 4);
        using var model = _ml.Vision.Cnn(Drawings.Options with { Normalization = normalization }).Fit(Drawings.View(_ml, 96));
        _ml.Vision.Save(model, folder.File("m"));
        using var loaded = _ml.Vision.LoadCnn(folder.File("m"));
        Assert.Equal(Scores(model, unseen), Scores(loaded, unseen));
        Assert.Equal(model.Normalization, loaded.Normalization);
        Assert.Equal(normalization, loaded.Options.Normalization);
        // It learned: chance is a third. (Whitened noise is harder than the drawings themselves.)
        var right = model.Transform(unseen).GetColumn<string>("PredictedLabel").Zip(unseen.GetColumn<string>("Label"), (a, b) => a == b ? 1 : 0).Sum();
        Assert.InRange(right, 14, 20);

        // The same through ml.Model.Save; both engines predict one row at a time.
        using var stream = new MemoryStream();
        _ml.Model.Save(model, unseen.Schema, stream);
        stream.Position = 0;
        var chain = new MLContext().Model.Load(stream, out _);
        using var mine = _ml.Model.CreatePredictionEngine<Drawing, Verdict>(model, new PredictionEngineOptions { OwnsTransformer = false });
        using var theirs = _ml.Model.CreatePredictionEngine<Drawing, Verdict>(chain, new PredictionEngineOptions { OwnsTransformer = false });
        Assert.All(Drawings.Make(5, seed: 4), d => Assert.Equal(mine.Predict(d).Score, theirs.Predict(d).Score));
    }

    [Fact]
    public void Fit_SeveralKinds_TheNetworkSeesTheirNumbers()
    {
        var drawings = Drawings.Make(12);
        var random = new Random(0);
        var pixels = Enumerable.Range(0, 12).Select(i => Drawings.Pixels(Drawings.Kinds[i % 3], random).Select(p => p / 255.0).ToArray()).ToArray();
        var mean = Enumerable.Range(0, pixels[0].Length).Select(i => pixels.Average(p => p[i])).ToArray();
        List<float[]> seenWith(Normalization normalization)
        {
            var seen = new List<(bool Training, float[] Pixels)>();
            using var model = _ml.Vision.Cnn(Drawings.Options with { Epochs = 1, Normalization = normalization, Network = input => new OwnNetworks.Recording(input, seen) })
                .Fit(_ml.Data.LoadFromEnumerable(drawings));
            seen.Clear();
            Scores(model, _ml.Data.LoadFromEnumerable(drawings));
            return [.. seen.Select(s => s.Pixels)];
        }
        foreach (var (n, row) in seenWith(Normalization.MeanImage).Index())
            for (var i = 0; i < row.Length; i++)
                Assert.Equal(pixels[n][i] - mean[i], row[i], 1.2e-7); // float32 numbers of size 1
        foreach (var (n, row) in seenWith(Normalization.MinusOneToOne).Index())
            for (var i = 0; i < row.Length; i++)
                Assert.Equal(pixels[n][i] * 2 - 1, row[i], 2.4e-7); // a float32 factor, product and sum of size 2 and 1
    }

    [Fact]
    public void Fit_ValidationRows_AreNotMeasured()
    {
        // All validation rows of a fraction come from the view itself; what is measured must change when the split does.
        var view = Drawings.View(_ml, 30);
        using var half = _ml.Vision.Cnn(Drawings.Options with { Epochs = 1, ValidationFraction = 0.5 }).Fit(view);
        var set = ImageSet.Open(view, "Image", "Label", ImageInput.Create(Drawings.Size, Drawings.Size, 1));
        var (mean, _) = PixelStatistics.OfChannels(set.Split(0.5, Drawings.Options.Seed).Train, default);
        Assert.Equal((float)mean[0], half.Normalization.Mean.Single());
        Assert.NotEqual((float)PixelStatistics.OfChannels(set, default).Mean[0], half.Normalization.Mean.Single());
    }

    [Fact]
    public void Save_MeanImageAndZca_LieBesideTheWeights()
    {
        using var model = _ml.Vision.Cnn(Drawings.Options with { Epochs = 1, Normalization = Normalization.Zca() }).Fit(Drawings.View(_ml, 12));
        var weights = ((IStorable)model).Weights();
        Assert.Equal([1, 16, 16], weights["normalization:mean"].shape);
        Assert.Equal([256, 256], weights["normalization:whitening"].shape);
        Assert.Contains("conv1.weight", weights.Keys);
    }

    [Fact]
    public void Fit_ZcaOfLargeImages_IsRefusedBeforeAnythingIsRead()
    {
        var e = Assert.Throws<ArgumentException>(() => _ml.Vision.Cnn(new CnnOptions { Normalization = Normalization.Zca() }));
        Assert.Contains("at most 4096 numbers (channels times height times width); 3 x 224 x 224 are 150528", e.Message);
    }

    private sealed record Halved : AugmentationStep
    {
        public override (int Height, int Width) SizeAfter(int height, int width) => (height / 2, width);
    }

    [Fact]
    public void Problems_AugmentationThatChangesTheSize_IsRefusedWhereTheMeanHasOne()
    {
        var options = Drawings.Options with { Augmentation = new Augmentation([new Halved()]) };
        Assert.Empty(options.Problems());
        foreach (var normalization in new[] { Normalization.MeanImage, Normalization.Zca() })
            Assert.Contains("needs samples of 16 x 16; the augmentation makes them 8 x 16", (options with { Normalization = normalization }).Problems().Single());
    }

    [Fact]
    public void Fit_MissingFile_LeavesNoTensor()
    {
        var drawings = Drawings.Make(12);
        drawings[7].Image = [1, 2, 3];
        var view = _ml.Data.LoadFromEnumerable(drawings);
        var options = Drawings.Options with { Normalization = Normalization.Zca() };
        void fit() => Assert.Throws<InvalidDataException>(() => _ml.Vision.Cnn(options).Fit(view));
        fit();
        var before = Live.Tensors();
        fit();
        Assert.Equal(before, Live.Tensors());
    }
}
