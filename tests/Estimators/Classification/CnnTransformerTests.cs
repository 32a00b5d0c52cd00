using Fovea.Classification;
using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Fovea.Tests.Classification;

public class CnnTransformerTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private readonly MLContext _ml = trained.Ml;
    private readonly CnnTransformer _model = trained.Model;

    private static float[][] Scores(IDataView predicted) => [.. predicted.GetColumn<float[]>("Score")];

    [Fact]
    public void Transform_Rows_GivesThePredictorsOwnSoftmax()
    {
        var drawings = Drawings.Make(5, seed: 4);
        using var scope = NewDisposeScope();
        // The same pixels by hand: a PNG of these bytes is stored without loss.
        var random = new Random(4);
        var pixels = drawings.SelectMany(d => Drawings.Pixels(d.Label, random)).ToArray();
        var predictions = ((ITensorPredictor<ClassPrediction>)_model).Predict(tensor(pixels, [5, 1, Drawings.Size, Drawings.Size], ScalarType.Byte));
        var wanted = predictions.Select(p => p.Scores[p.Offset..(p.Offset + 3)]).ToArray();
        Assert.Equal(wanted, Scores(_model.Transform(_ml.Data.LoadFromEnumerable(drawings))));
        Assert.All(wanted, s => Assert.Equal(1, s.Sum(), 1e-6f)); // three roundings
        Assert.Equal(predictions.Select(p => p.Best), wanted.Select(s => Array.IndexOf(s, s.Max())));
    }

    [Fact]
    public void Transform_PredictedLabel_IsTheNameOfTheHighestScore()
    {
        var predicted = _model.Transform(Drawings.View(_ml, 30, seed: 4));
        var wanted = Scores(predicted).Select(s => _model.ClassNames[Array.IndexOf(s, s.Max())]);
        Assert.Equal(wanted, predicted.GetColumn<string>("PredictedLabel"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(64)]
    public void Transform_AnyBatchSize_GivesTheSameScores(int batchSize)
    {
        var view = Drawings.View(_ml, 20, seed: 4);
        using var folder = new TempFolder();
        _ml.Vision.Save(_model, folder.File("m.fovea"));
        using var other = Rebatched(folder.File("m.fovea"), batchSize);
        foreach (var (wanted, got) in Scores(_model.Transform(view)).Zip(Scores(other.Transform(view))))
            for (var k = 0; k < wanted.Length; k++)
                Assert.Equal(wanted[k], got[k], 1e-5f); // matrix products of another size are summed in another order
    }

    [Fact]
    public void Predict_MorePixelsThanAtOnce_GivesTheScoresOfEachImage()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        using var large = Untrained(CnnArchitecture.Perceptron, ImageInput.Create(900, 500, 1), out _);
        var images = randint(0, 256, [4, 1, 900, 500], ScalarType.Byte);
        ITensorPredictor<ClassPrediction> predictor = large;
        var together = predictor.Predict(images);
        Assert.Equal(4, together.Length);
        for (var n = 0; n < 4; n++)
        {
            var alone = predictor.Predict(images[n].unsqueeze(0))[0];
            for (var k = 0; k < 3; k++)
                Assert.Equal(alone.Scores[alone.Offset + k], together[n].Scores[together[n].Offset + k], 1e-5f); // sums of 450,000 products in another order
        }
    }

    [Fact]
    public void Weights_AfterPredicting_AreTheTrainedOnes()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        using var transformer = Untrained(CnnArchitecture.ResNet18, ImageInput.Create(32, 32, 3), out var network);
        var trained = network.state_dict().ToDictionary(w => w.Key, w => w.Value.clone());
        ((ITensorPredictor<ClassPrediction>)transformer).Predict(randint(0, 256, [2, 3, 32, 32], ScalarType.Byte));
        using var folder = new TempFolder();
        _ml.Vision.Save(transformer, folder.File("m.fovea"));
        var saved = Fovea.Storage.StateDict.Read(folder.File("m.fovea"));
        Assert.Equal(trained.Keys, saved.Keys);
        Assert.All(saved, w => TensorAssert.Same(trained[w.Key], w.Value, w.Key));
        Assert.Contains(transformer.Summary.Layers, layer => layer.Type == "BatchNorm2d");
        foreach (var tensor in saved.Values)
            tensor.Dispose();
    }

    private CnnTransformer Untrained(CnnArchitecture architecture, ImageInput input, out nn.Module<Tensor, Tensor> network)
    {
        var normalization = Normalization.PerChannel([0.5f], [0.5f]);
        var model = new CnnModel { Options = new() { Architecture = architecture }, Input = input, Normalization = normalization, Images = new ImageColumnType(ImageColumnKind.Bytes), LabelIsKey = false, IsCustom = false };
        network = model.CreateNetwork(3, CPU);
        return new(network, PixelNormalizer.Of(normalization, input), model, ["a", "b", "c"], _model.History, CPU);
    }

    private CnnTransformer Rebatched(string path, int batchSize)
    {
        using var loaded = _ml.Vision.LoadCnn(path);
        var model = new CnnModel { Options = loaded.Options with { BatchSize = batchSize }, Input = loaded.Input, Normalization = loaded.Normalization, Images = new ImageColumnType(ImageColumnKind.Bytes), LabelIsKey = false, IsCustom = false };
        var network = model.CreateNetwork(3, CPU);
        Fovea.Storage.StateDict.Load(network, ((Fovea.Storage.IStorable)loaded).Weights(), path);
        return new CnnTransformer(network, PixelNormalizer.Of(loaded.Normalization, loaded.Input), model, loaded.ClassNames, loaded.History, CPU);
    }

    [Fact]
    public void Transform_PermutedRows_GivesPermutedScores()
    {
        var drawings = Drawings.Make(16, seed: 4);
        var forward = Scores(_model.Transform(_ml.Data.LoadFromEnumerable(drawings)));
        var backward = Scores(_model.Transform(_ml.Data.LoadFromEnumerable(drawings.AsEnumerable().Reverse())));
        foreach (var (wanted, got) in forward.Zip(backward.Reverse()))
            for (var k = 0; k < wanted.Length; k++)
                Assert.Equal(wanted[k], got[k], 1e-6f); // a vector's lanes may be rounded in another order
    }

    [Fact]
    public void Transform_DropoutAndBatchNorm_PredictEachRowFromItselfAlone()
    {
        var view = Drawings.View(_ml, 12, seed: 4);
        using var dropping = _ml.Vision.Cnn(Drawings.Options with { Epochs = 1, Dropout = 0.5 }).Fit(Drawings.View(_ml, 24));
        Assert.Equal(Scores(dropping.Transform(view)), Scores(dropping.Transform(view)));

        using var normalizing = _ml.Vision.Cnn(Drawings.Options with { Epochs = 1, Network = OwnNetworks.Normalized }).Fit(Drawings.View(_ml, 24));
        var alone = Scores(normalizing.Transform(_ml.Data.TakeRows(view, 1)));
        for (var k = 0; k < 3; k++)
            Assert.Equal(Scores(normalizing.Transform(view))[0][k], alone[0][k], 1e-5f); // matrix products of another size are summed in another order
    }

    [Fact]
    public void Transform_NoRows_GivesNone() => Assert.Empty(Scores(_model.Transform(_ml.Data.LoadFromEnumerable(new List<Drawing>()))));

    [Fact]
    public void Transform_OverCacheSkipAndTake_GivesThoseRows()
    {
        var view = Drawings.View(_ml, 40, seed: 4);
        var all = Scores(_model.Transform(view));
        Assert.Equal(all, Scores(_model.Transform(_ml.Data.Cache(view))));
        var part = _model.Transform(_ml.Data.TakeRows(_ml.Data.SkipRows(_ml.Data.Cache(view), 16), 16)); // whole batches, so the same bits
        Assert.Equal(all[16..32], Scores(part));
        Assert.Equal(all[3..5].Select(s => Array.IndexOf(s, s.Max())),
            Scores(_ml.Data.TakeRows(_ml.Data.SkipRows(_model.Transform(view), 3), 2)).Select(s => Array.IndexOf(s, s.Max())));
        Assert.Equal(all, Scores(_ml.Data.Cache(_model.Transform(view))));
    }

    [Fact]
    public void Transform_OverShuffledRows_KeepsScoresWithTheirRows()
    {
        var view = Drawings.View(_ml, 48, seed: 4);
        var wanted = _ml.Data.CreateEnumerable<Labelled>(_model.Transform(view), false, true).ToDictionary(r => Convert.ToHexString(r.Image), r => (r.Label, r.PredictedLabel));
        var shuffled = _ml.Data.CreateEnumerable<Labelled>(_model.Transform(_ml.Data.ShuffleRows(view, seed: 5)), false, true).ToList();
        Assert.NotEqual(Drawings.Make(48, seed: 4).Select(d => d.Label), shuffled.Select(r => r.Label));
        Assert.All(shuffled, r => Assert.Equal(wanted[Convert.ToHexString(r.Image)], (r.Label, r.PredictedLabel)));
    }

    private sealed class Labelled
    {
        public byte[] Image { get; set; } = [];

        public string Label { get; set; } = "";

        public string PredictedLabel { get; set; } = "";
    }

    [Fact]
    public void Schema_Outputs_HaveNamesAndKindsThatMLNetKnows()
    {
        var schema = _model.GetOutputSchema(Drawings.View(_ml, 1).Schema);
        Assert.Equal(["Image", "Label", "PredictedLabel", "Score"], schema.Select(c => c.Name));
        Assert.Equal(TextDataViewType.Instance, schema["PredictedLabel"].Type);
        var score = schema["Score"];
        Assert.Equal(3, Assert.IsType<VectorDataViewType>(score.Type).Size);
        VBuffer<ReadOnlyMemory<char>> names = default;
        score.GetSlotNames(ref names);
        Assert.Equal(Drawings.Kinds, names.DenseValues().Select(n => n.ToString()));
        ReadOnlyMemory<char> kind = default;
        score.Annotations.GetValue("ScoreColumnKind", ref kind);
        Assert.Equal("MulticlassClassification", kind.ToString());
    }

    [Fact]
    public void Evaluate_OverUnseenDrawings_GivesTopKAndTheConfusionMatrixWithNames()
    {
        // One chess board is labelled a disc, so that the matrix has an entry beside its diagonal.
        var drawings = Drawings.Make(30, seed: 77);
        drawings[0].Label = "disc";
        var view = _ml.Data.LoadFromEnumerable(drawings);
        var predicted = _ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(view).Transform(_model.Transform(view));
        var right = predicted.GetColumn<string>("PredictedLabel").Zip(drawings, (p, d) => p == d.Label ? 1 : 0).Sum();
        Assert.InRange(right, 27, 29);

        var metrics = _ml.MulticlassClassification.Evaluate(predicted, topKPredictionCount: 2);
        Assert.Equal(right / 30.0, metrics.MicroAccuracy, 1e-12);
        Assert.Equal(right, Enumerable.Range(0, 3).Sum(k => metrics.ConfusionMatrix.Counts[k][k]));
        Assert.True(metrics.ConfusionMatrix.Counts[1][0] >= 1);
        Assert.Equal([9, 11, 10], metrics.ConfusionMatrix.Counts.Select(row => row.Sum()));
        var second = Scores(predicted).Zip(drawings, (s, d) => s.Count(v => v > s[Array.IndexOf(Drawings.Kinds, d.Label)]) < 2 ? 1.0 : 0).Average();
        Assert.Equal(second, metrics.TopKAccuracy, 1e-12);
        var table = metrics.ConfusionMatrix.GetFormattedConfusionTable();
        Assert.All(Drawings.Kinds, kind => Assert.Contains(kind, table));
    }

    [Fact]
    public void PredictionEngine_EveryDrawing_AgreesWithTransform()
    {
        var drawings = Drawings.Make(12, seed: 4);
        var wanted = Scores(_model.Transform(_ml.Data.LoadFromEnumerable(drawings)));
        using var engine = _ml.Model.CreatePredictionEngine<Drawing, Verdict>(_model, new PredictionEngineOptions { OwnsTransformer = false });
        foreach (var (drawing, scores) in drawings.Zip(wanted))
        {
            var verdict = engine.Predict(drawing);
            Assert.Equal(_model.ClassNames[Array.IndexOf(scores, scores.Max())], verdict.PredictedLabel);
            for (var k = 0; k < 3; k++)
                Assert.Equal(scores[k], verdict.Score[k], 1e-5f); // one row instead of sixteen: sums in another order
        }
    }

    [Fact]
    public void PredictionEngine_UnreadableImage_SaysSoAndGoesOn()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Drawing, Verdict>(_model, new PredictionEngineOptions { OwnsTransformer = false });
        var good = Drawings.Make(1)[0];
        var first = engine.Predict(good).Score;
        Assert.Throws<InvalidDataException>(() => engine.Predict(new Drawing { Image = [1, 2, 3] }));
        Assert.Equal(first, engine.Predict(good).Score);
    }

    [Fact]
    public void GetRow_AllColumnsOfOneRow_CostOnePrediction()
    {
        var counting = new CountingPredictor(_model);
        var view = Drawings.View(_ml, 3);
        var mapper = new ImageMapper<ClassPrediction>(counting, view.Schema);
        using var cursor = view.GetRowCursor(view.Schema);
        var row = mapper.GetRow(cursor, mapper.OutputSchema);
        var label = row.GetGetter<ReadOnlyMemory<char>>(mapper.OutputSchema["PredictedLabel"]);
        var score = row.GetGetter<VBuffer<float>>(mapper.OutputSchema["Score"]);
        ReadOnlyMemory<char> name = default;
        VBuffer<float> scores = default;
        while (cursor.MoveNext())
        {
            label(ref name);
            score(ref scores);
            Assert.Equal(name.ToString(), _model.ClassNames[Array.IndexOf(scores.DenseValues().ToArray(), scores.DenseValues().Max())]);
        }
        Assert.Equal(3, counting.Calls);
        Assert.Same(mapper.OutputSchema, row.Schema);
    }

    [Fact]
    public void GetRow_EachColumnOfAnotherRow_BelongsToItsRow()
    {
        var view = Drawings.View(_ml, 2, seed: 4);
        var mapper = _model.GetRowToRowMapper(view.Schema);
        using var cursor = view.GetRowCursor(view.Schema);
        var row = mapper.GetRow(cursor, mapper.OutputSchema);
        var label = row.GetGetter<ReadOnlyMemory<char>>(mapper.OutputSchema["PredictedLabel"]);
        var score = row.GetGetter<VBuffer<float>>(mapper.OutputSchema["Score"]);
        ReadOnlyMemory<char> name = default;
        VBuffer<float> scores = default;
        cursor.MoveNext();
        label(ref name);
        cursor.MoveNext();
        score(ref scores);
        var wanted = Scores(_model.Transform(view))[1];
        for (var k = 0; k < 3; k++)
            Assert.Equal(wanted[k], scores.GetItemOrDefault(k), 1e-5f); // one row instead of two: sums in another order
    }

    [Fact]
    public void GetRow_OfARowThatChangesWithoutMoving_PredictsAnew()
    {
        var drawings = Drawings.Make(2, seed: 4);
        var still = new StillRow(Drawings.View(_ml, 1).Schema);
        var mapper = _model.GetRowToRowMapper(still.Schema);
        using var row = mapper.GetRow(still, mapper.OutputSchema);
        var score = row.GetGetter<VBuffer<float>>(mapper.OutputSchema["Score"]);
        var read = new List<float[]>();
        foreach (var drawing in drawings)
        {
            still.Image = drawing.Image;
            VBuffer<float> scores = default;
            score(ref scores);
            read.Add([.. scores.DenseValues()]);
        }
        Assert.True(read[0][0] > 0.5 && read[1][1] > 0.5, "a chess board, then a disc");
    }

    /// <summary>A row that stays at position 0.</summary>
    private sealed class StillRow(DataViewSchema schema) : DataViewRow
    {
        public byte[] Image { get; set; } = [];

        public override DataViewSchema Schema => schema;

        public override long Position => 0;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = default;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            (ValueGetter<TValue>)(Delegate)(ValueGetter<VBuffer<byte>>)((ref VBuffer<byte> value) => value = new VBuffer<byte>(Image.Length, Image));
    }

    [Fact]
    public void Cursor_OnlyInputColumns_DecodesNothing()
    {
        var view = _ml.Data.LoadFromEnumerable(new[] { new Drawing { Image = [0], Label = "x" } });
        Assert.Equal(["x"], _model.Transform(view).GetColumn<string>("Label"));
    }

    [Fact]
    public void Cursor_ColumnNotAskedFor_CannotBeRead()
    {
        var predicted = _model.Transform(Drawings.View(_ml, 1));
        using var cursor = predicted.GetRowCursor([predicted.Schema["Label"]]);
        Assert.False(cursor.IsColumnActive(predicted.Schema["Score"]));
        Assert.ThrowsAny<ArgumentException>(() => cursor.GetGetter<VBuffer<float>>(predicted.Schema["Score"]));
    }

    [Fact]
    public void Cursor_WrongType_NamesBoth()
    {
        var predicted = _model.Transform(Drawings.View(_ml, 1));
        using var cursor = predicted.GetRowCursor(predicted.Schema);
        var e = Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(predicted.Schema["Score"]));
        Assert.Contains("'Score'", e.Message);
        Assert.Contains("Single", e.Message);
    }

    [Fact]
    public void Transform_UnreadableImage_NamesItsRow()
    {
        var drawings = Drawings.Make(20);
        drawings[17].Image = [0xFF, 0xD8, 0xFF];
        var e = Assert.Throws<InvalidDataException>(() => Scores(_model.Transform(_ml.Data.LoadFromEnumerable(drawings))));
        Assert.Contains("row 17", e.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Transform_NoImageColumn_NamesTheColumnsThereAre()
    {
        var view = _ml.Data.LoadFromEnumerable(new[] { new { Picture = "a.png" } });
        var e = Assert.Throws<ArgumentException>(() => _model.Transform(view));
        Assert.Contains("no image column 'Image'", e.Message);
        Assert.Contains("'Picture'", e.Message);
    }

    [Fact]
    public void Transform_OnSeveralThreads_GivesEachTheSame()
    {
        var view = Drawings.View(_ml, 40, seed: 4);
        var wanted = Scores(_model.Transform(view));
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ => Assert.Equal(wanted, Scores(_model.Transform(view))));
    }

    [Fact]
    public void Transform_ImageOfAnotherSize_IsResizedAsInTraining()
    {
        // Every pixel four times: shrinking averages them back to themselves.
        var random = new Random(4);
        var small = Drawings.Pixels("disc", random);
        var large = new byte[small.Length * 4];
        for (var i = 0; i < large.Length; i++)
            large[i] = small[i / 2 / (2 * Drawings.Size) * Drawings.Size + i / 2 % Drawings.Size];
        var rows = new[] { Png.Encode(16, 16, 1, small), Png.Encode(32, 32, 1, large) }.Select(png => new Drawing { Image = png });
        var scores = Scores(_model.Transform(_ml.Data.LoadFromEnumerable(rows)));
        Assert.Equal("disc", _model.ClassNames[Array.IndexOf(scores[0], scores[0].Max())]);
        // The filter is wider than the four pixels, so edges are a little softer.
        Assert.Equal(scores[0][1], scores[1][1], 0.1f);
    }

    private sealed class CountingPredictor(ITensorPredictor<ClassPrediction> inner) : ITensorPredictor<ClassPrediction>
    {
        public int Calls { get; private set; }

        public ImageInput Input => inner.Input;

        public string ImageColumn => inner.ImageColumn;

        public int BatchSize => inner.BatchSize;

        public IReadOnlyList<PredictionColumn<ClassPrediction>> Outputs => inner.Outputs;

        public ClassPrediction[] Predict(Tensor images)
        {
            Calls++;
            return inner.Predict(images);
        }
    }
}
