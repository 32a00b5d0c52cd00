using Fovea.Classification;
using Fovea.Data;
using Fovea.Storage;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Fovea.Tests.Classification;

/// <summary>A classifier that predicts several views of each image.</summary>
public class CnnTestTimeTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly TestTimeAugmentation Many = new() { HorizontalFlip = true, CropRatio = 1.125, Combination = ViewCombination.Vote };

    private readonly MLContext _ml = trained.Ml;
    private readonly CnnTransformer _model = trained.Model;

    private static float[][] Scores(ITransformer model, IDataView view) => [.. model.Transform(view).GetColumn<float[]>("Score")];

    /// <summary>The drawings of a seed, and the same mirrored.</summary>
    private (IDataView Plain, IDataView Mirrored) Views(int count)
    {
        var random = new Random(4);
        var pixels = Enumerable.Range(0, count).Select(i => Drawings.Pixels(Drawings.Kinds[i % 3], random)).ToList();
        IDataView view(Func<byte[], byte[]> change) => _ml.Data.LoadFromEnumerable(pixels
            .Select((p, i) => new Drawing { Image = Png.Encode(Drawings.Size, Drawings.Size, 1, change(p)), Label = Drawings.Kinds[i % 3] }).ToList());
        return (view(p => p), view(p => [.. p.Chunk(Drawings.Size).SelectMany(row => row.Reverse())]));
    }

    [Fact]
    public void Transform_HorizontalFlip_IsTheMeanOfTheDrawingAndItsMirrorImage()
    {
        var (plain, mirrored) = Views(32);
        var flipping = _model.With(new TestTimeAugmentation { HorizontalFlip = true });
        var scores = Scores(flipping, plain);
        foreach (var ((a, b), both) in Scores(_model, plain).Zip(Scores(_model, mirrored)).Zip(scores))
            for (var k = 0; k < 3; k++)
                Assert.Equal((a[k] + b[k]) / 2, both[k], 1e-6f); // a flipped tensor has other strides, and may take another kernel
        foreach (var (a, b) in scores.Zip(Scores(flipping, mirrored)))
            for (var k = 0; k < 3; k++)
                Assert.Equal(a[k], b[k], 1e-6f);
    }

    [Fact]
    public void With_None_IsTheModelItself()
    {
        var view = Drawings.View(_ml, 20, seed: 4);
        Assert.Equal(Scores(_model, view), Scores(_model.With(TestTimeAugmentation.None), view));
        Assert.Equal(Scores(_model, view), Scores(_model.With(Many).With(TestTimeAugmentation.None), view));
    }

    [Fact]
    public void With_Disposed_LeavesTheNetworkToItsOwner()
    {
        var view = Drawings.View(_ml, 4);
        var wanted = Scores(_model, view);
        _model.With(Many).Dispose();
        Assert.Equal(wanted, Scores(_model, view));
        Assert.Equal(TestTimeAugmentation.None, _model.Options.TestTime);
    }

    [Fact]
    public void With_OutOfBounds_ListsEveryProblem()
    {
        var e = Assert.Throws<ArgumentException>(() => _model.With(new TestTimeAugmentation { Shift = 16, CropRatio = 3 }));
        Assert.Contains("TestTime.Shift must be 0 to 15", e.Message);
        Assert.Contains("TestTime.CropRatio must be 1 to 2; it is 3", e.Message);
    }

    [Theory]
    [InlineData(ViewCombination.Mean)]
    [InlineData(ViewCombination.Vote)]
    public void Transform_AnyCombination_GivesScoresThatAddUpToOneAndTheirBest(ViewCombination combination)
    {
        var predicted = _model.With(Many with { Combination = combination }).Transform(Drawings.View(_ml, 30, seed: 4));
        var scores = predicted.GetColumn<float[]>("Score").ToList();
        Assert.All(scores, s => Assert.Equal(1, s.Sum(), 1e-6f)); // three roundings
        Assert.Equal(scores.Select(s => _model.ClassNames[Array.IndexOf(s, s.Max())]), predicted.GetColumn<string>("PredictedLabel"));
    }

    [Fact]
    public void PredictionEngine_ManyViews_AgreesWithTransform()
    {
        var model = _model.With(Many with { Combination = ViewCombination.Mean });
        var drawings = Drawings.Make(6, seed: 4);
        using var engine = _ml.Model.CreatePredictionEngine<Drawing, Verdict>(model, new PredictionEngineOptions { OwnsTransformer = false });
        foreach (var (drawing, scores) in drawings.Zip(Scores(model, _ml.Data.LoadFromEnumerable(drawings))))
        {
            var score = engine.Predict(drawing).Score;
            for (var k = 0; k < 3; k++)
                Assert.Equal(scores[k], score[k], 1e-5f); // one row instead of sixteen: sums in another order
        }
    }

    [Fact]
    public void SaveAndLoad_ManyViews_PredictsTheSameBits()
    {
        using var folder = new TempFolder();
        var view = Drawings.View(_ml, 20, seed: 4);
        var model = _model.With(Many);
        _ml.Vision.Save(model, folder.File("m"));
        using var loaded = _ml.Vision.LoadCnn(folder.File("m"));
        Assert.Equal(Many, loaded.Options.TestTime);
        Assert.Equal(Scores(model, view), Scores(loaded, view));
        Assert.NotEqual(Scores(_model, view), Scores(loaded, view));

        using var stream = new MemoryStream();
        _ml.Model.Save(model, view.Schema, stream);
        stream.Position = 0;
        var chain = new MLContext().Model.Load(stream, out _);
        using var mine = _ml.Model.CreatePredictionEngine<Drawing, Verdict>(model, new PredictionEngineOptions { OwnsTransformer = false });
        using var theirs = _ml.Model.CreatePredictionEngine<Drawing, Verdict>(chain, new PredictionEngineOptions { OwnsTransformer = false });
        Assert.All(Drawings.Make(5, seed: 4), d => Assert.Equal(mine.Predict(d).Score, theirs.Predict(d).Score));
    }

    [Fact]
    public void Fit_TestTimeAmongTheOptions_IsUsedByPredictionAloneOnLargerImages()
    {
        var seen = new List<(bool Training, float[] Pixels)>();
        var options = Drawings.Options with
        {
            Epochs = 1, TestTime = TestTimeAugmentation.TenCrop with { CropRatio = 1.125 }, Normalization = Normalization.MeanImage, ValidationFraction = 0.5,
            Network = input => new OwnNetworks.Recording(input, seen),
        };
        using var model = _ml.Vision.Cnn(options).Fit(Drawings.View(_ml, 12));
        Assert.Equal(12, seen.Count); // six trained on, six validated on, once each
        seen.Clear();
        Scores(model, Drawings.View(_ml, 3));
        Assert.Equal(30, seen.Count);
        Assert.All(seen, s => Assert.Equal(Drawings.Size * Drawings.Size, s.Pixels.Length));
        var input = ((ITensorPredictor<ClassPrediction>)model).Input;
        Assert.Equal((18, 18), (input.Height, input.Width));
    }

    [Fact]
    public void Transform_ManyViews_LeavesNoTensor()
    {
        var model = _model.With(Many);
        var view = Drawings.View(_ml, 20, seed: 4);
        Scores(model, view);
        var before = Live.Tensors();
        Scores(model, view);
        Assert.Equal(before, Live.Tensors());
    }

    /// <summary>The fonts of pipelines/letters: five letters, fewer epochs.</summary>
    [Fact]
    public void Transform_UnseenFontsShifted_IsNoWorse()
    {
        var folder = Path.Combine(TestData.Root, "pipelines", "data", "letters");
        IDataView letters(string part) => _ml.Data.LoadFromEnumerable("aegsy".SelectMany(letter => Directory.EnumerateFiles(Path.Combine(folder, part, letter.ToString()))
            .Order(StringComparer.Ordinal).Select(path => new DrawnFile { Image = path, Label = letter.ToString() })).ToList());
        var options = Drawings.Options with { Architecture = CnnArchitecture.Letters, ImageHeight = null, ImageWidth = null, Epochs = 4, BatchSize = 32, Seed = 1 };
        using var model = _ml.Vision.Cnn(options).Fit(letters("train"));
        var test = letters("test");
        var labels = test.GetColumn<string>("Label").ToList();
        double accuracy(CnnTransformer m) => m.Transform(test).GetColumn<string>("PredictedLabel").Zip(labels, (a, b) => a == b ? 1.0 : 0).Average();
        var plain = accuracy(model);
        Assert.InRange(plain, 0.6, 1); // chance is a fifth
        // Twice the standard error of the difference, were one letter in ten judged otherwise: 2 sqrt(0.1 / n).
        var noise = 2 * Math.Sqrt(0.1 / labels.Count);
        foreach (var combination in Enum.GetValues<ViewCombination>())
            Assert.InRange(accuracy(model.With(new TestTimeAugmentation { Shift = 1, Combination = combination })), plain - noise, 1);
        Assert.InRange(accuracy(model.With(new TestTimeAugmentation { CropRatio = 1.0625 })), plain - noise, 1);
    }
}
