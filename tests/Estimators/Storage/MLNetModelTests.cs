using Fovea.Storage;
using Fovea.Tests.Classification;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Tests.Storage;

/// <summary>Vision models that <c>ml.Model.Save</c> wrote and <c>ml.Model.Load</c> read.</summary>
public sealed class MLNetModelTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>What an engine says of each example; both engines predict one row at a time, so nothing differs by the order of sums.</summary>
    private static List<string> Said<T>(MLContext ml, ITransformer model, IEnumerable<T> examples)
        where T : class
    {
        using var engine = ml.Model.CreatePredictionEngine<T, Verdict>(model, new PredictionEngineOptions { OwnsTransformer = false });
        return [.. examples.Select(engine.Predict).Select(v => $"{v.PredictedLabel}: {string.Join(' ', v.Score)}")];
    }

    private static ITransformer Reload(MLContext ml, ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(model, schema, stream);
        stream.Position = 0;
        return ml.Model.Load(stream, out _);
    }

    [Fact]
    public void Load_ModelOfBytes_SaysTheSameWithTheSameColumns()
    {
        var view = Drawings.View(_ml, 24);
        using var model = _ml.Vision.Cnn(Drawings.Options with { Epochs = 2 }).Fit(view);
        var ml = new MLContext(2);
        var loaded = Reload(ml, model, view.Schema);

        var unseen = Drawings.Make(9, seed: 77);
        Assert.Equal(Said(_ml, model, unseen), Said(ml, loaded, unseen));
        Assert.Equal(Visible(model.Transform(view)), Visible(loaded.Transform(view)));
    }

    [Fact]
    public void Load_ModelOfKeys_IsEvaluatedAlike()
    {
        var view = Drawings.View(_ml, 24);
        using var model = _ml.Transforms.Conversion.MapValueToKey("Label").Append(_ml.Vision.Cnn(Drawings.Options with { Epochs = 2, ScoreColumn = "Odds" })).Fit(view);
        var loaded = Reload(_ml, model, view.Schema).Transform(view);
        var (expected, actual) = (model.Transform(view), loaded);
        Assert.Equal(Visible(expected), Visible(actual));

        VBuffer<ReadOnlyMemory<char>> names = default;
        loaded.Schema["PredictedLabel"].GetKeyValues(ref names);
        Assert.Equal(Drawings.Kinds, names.DenseValues().Select(n => n.ToString()));
        var before = _ml.MulticlassClassification.Evaluate(expected, scoreColumnName: "Odds");
        var after = _ml.MulticlassClassification.Evaluate(actual, scoreColumnName: "Odds");
        Assert.Equal(before.ConfusionMatrix.Counts, after.ConfusionMatrix.Counts);
        Assert.Equal(before.LogLoss, after.LogLoss, 1e-6); // batches of 16 and of 1 add up in another order
    }

    [Fact]
    public void Load_ModelOfPathsAndOfPixels_SaysTheSame()
    {
        using var folder = new TempFolder();
        var drawings = Drawings.Make(12);
        var files = drawings.Select((d, i) => new DrawnFile { Image = folder.Write($"{i}.png", d.Image), Label = d.Label }).ToList();
        var images = drawings.Select(d => new DrawnImage { Image = MLImage.CreateFromStream(new MemoryStream(d.Image)), Label = d.Label }).ToList();
        var options = Drawings.Options with { Epochs = 1 };

        var fileView = _ml.Data.LoadFromEnumerable(files);
        using var ofFiles = _ml.Vision.Cnn(options).Fit(fileView);
        Assert.Equal(Said(_ml, ofFiles, files), Said(_ml, Reload(_ml, ofFiles, fileView.Schema), files));

        var imageView = _ml.Data.LoadFromEnumerable(images);
        using var ofImages = _ml.Vision.Cnn(options).Fit(imageView);
        Assert.Equal(Said(_ml, ofImages, images), Said(_ml, Reload(_ml, ofImages, imageView.Schema), images));
        images.ForEach(i => i.Image.Dispose());
    }

    [Fact]
    public void Load_ModelOfResizedImages_SaysTheSame()
    {
        using var folder = new TempFolder();
        var files = Drawings.Make(12).Select((d, i) => new DrawnFile { Image = folder.Write($"{i}.png", d.Image), Label = d.Label }).ToList();
        var view = _ml.Data.LoadFromEnumerable(files);
        // A size that no class of this program declares.
        using var chain = _ml.Transforms.LoadImages("Image", null, "Image").Append(_ml.Transforms.ResizeImages("Image", 17, 19))
            .Append(_ml.Vision.Cnn(Drawings.Options with { Epochs = 1 })).Fit(view);
        Assert.Equal(Said(_ml, chain, files), Said(_ml, Reload(_ml, chain, view.Schema), files));
    }

    [Fact]
    public void Load_ModelOfImagesOfUnknownSize_Predicts()
    {
        using var folder = new TempFolder();
        var files = Drawings.Make(12).Select((d, i) => new DrawnFile { Image = folder.Write($"{i}.png", d.Image), Label = d.Label }).ToList();
        var view = _ml.Data.LoadFromEnumerable(files);
        using var chain = _ml.Transforms.LoadImages("Image", null, "Image").Append(_ml.Vision.Cnn(Drawings.Options with { Epochs = 1 })).Fit(view);
        Assert.Equal(Said(_ml, chain, files), Said(_ml, Reload(_ml, chain, view.Schema), files));
    }

    [Fact]
    public void Load_ManyThreads_SayTheSameFromOneNetwork()
    {
        var view = Drawings.View(_ml, 12);
        using var model = _ml.Vision.Cnn(Drawings.Options with { Epochs = 1 }).Fit(view);
        var loaded = Reload(_ml, model, view.Schema);
        var unseen = Drawings.Make(40, seed: 5);
        var expected = Said(_ml, model, unseen);
        Parallel.For(0, 4, _ => Assert.Equal(expected, Said(_ml, loaded, unseen)));
        var tensors = Live.Tensors();
        Assert.Equal(expected, Said(_ml, loaded, unseen));
        // Nothing was read again; meanwhile other tests' tensors may have been collected.
        Assert.InRange(Live.Tensors(), 0, tensors);
    }

    [Fact]
    public void Save_OwnNetwork_PointsToVisionSave()
    {
        var view = Drawings.View(_ml, 12);
        using var model = _ml.Vision.Cnn(Drawings.Options with { Epochs = 1, Network = OwnNetworks.Normalized }).Fit(view);
        Assert.Contains("ml.Vision.Save", Assert.Throws<NotSupportedException>(() => _ml.Model.Save(model, view.Schema, new MemoryStream())).Message);
    }

    [Fact]
    public void Pack_AnyNumber_IsReadBackByAnExpression()
    {
        float[] numbers = [0, 1, -1, 1 / 3f, 0.1f, 1e-30f, float.Epsilon, 1.17549435e-38f, float.MaxValue, float.MinValue, float.NaN, float.PositiveInfinity,
            .. Enumerable.Range(0, 500).Select(i => MathF.Exp(-i * 0.17f))];
        var view = _ml.Data.LoadFromEnumerable(new[] { new Packed { Places = [.. numbers.Select((_, i) => i * MLNetColumns.NumberLength)], Text = MLNetColumns.Pack(numbers).ToString() } });
        var read = _ml.Transforms.Expression("Out", $"(t, s) : single(double(mid(s, t, t + {MLNetColumns.NumberLength})))", "Places", "Text").Fit(view).Transform(view);
        Assert.Equal(numbers, read.GetColumn<float[]>("Out").Single());
    }

    private sealed class Packed
    {
        public int[] Places { get; set; } = [];

        public string Text { get; set; } = "";
    }

    private static IEnumerable<string> Visible(IDataView view) => view.Schema.Where(c => !c.IsHidden).Select(c => $"{c.Name}: {c.Type}");
}
