using Fovea.Backbones;
using Fovea.Data;
using Fovea.Native;
using Fovea.Storage;
using Fovea.Tests.Training;
using Fovea.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Classification;

public class CnnTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>The weights as bytes, one after the other.</summary>
    private static string Bits(CnnTransformer model) => string.Concat(((IStorable)model).Weights().Values.Select(w => Convert.ToHexString(w.cpu().contiguous().bytes)));

    private double Accuracy(CnnTransformer model, IDataView view)
    {
        var verdicts = _ml.Data.CreateEnumerable<Verdict>(model.Transform(view), reuseRowObject: false, ignoreMissingColumns: true);
        var labels = view.GetColumn<string>("Label");
        return verdicts.Zip(labels, (v, l) => v.PredictedLabel == l ? 1.0 : 0.0).Average();
    }

    [Fact]
    public void Fit_Drawings_ReadsUnseenOnes()
    {
        using var model = _ml.Vision.Cnn(Drawings.Options).Fit(Drawings.View(_ml, 96));
        // Seeds 0 to 9 gave 0.97 to 1; a third is chance.
        Assert.InRange(Accuracy(model, Drawings.View(_ml, 60, seed: 77)), 0.95, 1);
        Assert.Equal(Drawings.Options.Epochs, model.History.Epochs.Count);
        Assert.Equal((TrainingEnd.Completed, 8, "cpu", Precision.Float32), (model.History.End, model.History.BestEpoch, model.History.Device, model.History.Precision));
        // An untrained network's loss is near ln 3.
        Assert.InRange(model.History.Epochs[0].Training[Measure.Loss], 0.7, 1.3);
        Assert.InRange(model.History.Epochs[^1].Training[Measure.Loss], 0, 0.3);
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, 0.03, true)]
    [InlineData(OptimizerKind.AdamW, 3e-3, false)]
    [InlineData(OptimizerKind.RmsProp, 1e-3, false)]
    public void Fit_EveryOptimizer_Learns(OptimizerKind optimizer, double rate, bool nesterov)
    {
        var options = Drawings.Options with
        {
            Optimizer = optimizer, LearningRate = rate, Nesterov = nesterov, WeightDecay = 1e-4, ClipGradientNorm = 1, LabelSmoothing = 0.05,
            Schedule = LearningRateSchedule.OneCycle(), Momentum = optimizer == OptimizerKind.RmsProp ? 0 : 0.9, Epochs = 12,
        };
        using var model = _ml.Vision.Cnn(options).Fit(Drawings.View(_ml, 96));
        Assert.InRange(Accuracy(model, Drawings.View(_ml, 60, seed: 77)), 0.9, 1);
    }

    [Fact]
    public void Fit_SameSeed_GivesTheSameBitsWhateverTheThreads()
    {
        var view = Drawings.View(_ml, 40);
        var options = Drawings.Options with { Epochs = 2, Dropout = 0.5, Augmentation = new Augmentation().Shift(1).Flip(), ValidationFraction = 0.2, Seed = 5 };
        using var first = _ml.Vision.Cnn(options).Fit(view);
        using var second = _ml.Vision.Cnn(options with { Loader = new() { Threads = 3, Prefetch = 5 } }).Fit(view);
        using var streamed = _ml.Vision.Cnn(options with { Loader = new() { CacheBytes = 0 } }).Fit(view);
        using var other = _ml.Vision.Cnn(options with { Seed = 6 }).Fit(view);
        Assert.Equal(Bits(first), Bits(second));
        Assert.Equal(first.History.Metrics, second.History.Metrics);
        Assert.NotEqual(Bits(first), Bits(other));
        // A view that is streamed comes in another order, so it is only known to train.
        Assert.Equal(2, streamed.History.Epochs.Count);
    }

    [Fact]
    public void Fit_AnotherSeed_BeginsWithOtherWeights()
    {
        // One batch of all rows and a step of next to nothing: only the first weights can differ.
        var options = Drawings.Options with { Epochs = 1, BatchSize = 40, LearningRate = 1e-30 };
        using var a = _ml.Vision.Cnn(options).Fit(Drawings.View(_ml, 40));
        using var b = _ml.Vision.Cnn(options with { Seed = 1 }).Fit(Drawings.View(_ml, 40));
        Assert.NotEqual(Bits(a), Bits(b));
    }

    private List<(bool Training, float[] Pixels)> Seen(CnnOptions options)
    {
        var seen = new List<(bool Training, float[] Pixels)>();
        _ml.Vision.Cnn(options with { Network = input => new OwnNetworks.Recording(input, seen) }).Fit(Drawings.View(_ml, 15)).Dispose();
        return seen;
    }

    [Fact]
    public void Fit_EveryEpoch_ShufflesAnewByTheSeed()
    {
        string[] order(int seed) => [.. Seen(Drawings.Options with { Epochs = 2, BatchSize = 4, Seed = seed }).Select(s => string.Join(' ', s.Pixels))];
        var seen = order(0);
        Assert.Equal(30, seen.Length);
        Assert.Equal(15, seen.Distinct().Count());
        Assert.Equal(seen[..15].Order(), seen[15..].Order());
        Assert.NotEqual(seen[..15], seen[15..]);
        Assert.Equal(seen, order(0));
        Assert.NotEqual(seen, order(1));
    }

    [Fact]
    public void Fit_Augmentation_ChangesTrainingImagesAndNoOthers()
    {
        var options = Drawings.Options with { Epochs = 1, ValidationFraction = 0.4 };
        var plain = Seen(options);
        var flipped = Seen(options with { Augmentation = new Augmentation().Flip(1) });
        float[] mirror(float[] pixels) => [.. pixels.Chunk(Drawings.Size).SelectMany(row => row.Reverse())];
        Assert.Equal((9, 6), (plain.Count(s => s.Training), plain.Count(s => !s.Training)));
        foreach (var (before, after) in plain.Zip(flipped))
            Assert.Equal(before.Training ? mirror(before.Pixels) : before.Pixels, after.Pixels);
    }

    [Fact]
    public void Fit_Options_AreNotWrittenInto()
    {
        var options = Drawings.Options with { Epochs = 1 };
        var before = ModelJson.ToNode(options).ToJsonString();
        using var model = _ml.Vision.Cnn(options).Fit(Drawings.View(_ml, 12));
        Assert.Same(options, model.Options);
        Assert.Equal(before, ModelJson.ToNode(options).ToJsonString());
    }

    [Theory]
    [InlineData(17, 16, 1)] // the last row joins the batch before it
    [InlineData(18, 16, 2)]
    [InlineData(16, 16, 1)]
    [InlineData(7, 3, 2)]
    [InlineData(5, 64, 1)]
    public void Fit_RowsLeftOver_TrainsBatchNormOnThem(int rows, int batch, int steps)
    {
        var reports = new Reports();
        var options = Drawings.Options with { Network = OwnNetworks.Normalized, BatchSize = batch, Epochs = 1, Progress = reports };
        using var model = _ml.Vision.Cnn(options).Fit(Drawings.View(_ml, rows));
        Assert.Equal(steps, reports.All[^1].Steps);
        Assert.Equal(steps, reports.All[^1].Step);
        Assert.True(double.IsFinite(model.History.Epochs[0].Training[Measure.Loss]));
    }

    [Fact]
    public void Fit_TextLabel_ClassesAreInOrdinalOrder()
    {
        using var model = _ml.Vision.Cnn(Drawings.Options with { Epochs = 1 }).Fit(_ml.Data.LoadFromEnumerable(Drawings.Make(12).AsEnumerable().Reverse()));
        Assert.Equal(["chess", "disc", "stripes"], model.ClassNames);
    }

    [Fact]
    public void Fit_KeyLabel_ClassesAreTheKeysAndPredictedLabelIsAKey()
    {
        var view = _ml.Data.LoadFromEnumerable(Drawings.Make(12).AsEnumerable().Reverse());
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(view).Transform(view); // by occurrence
        using var model = _ml.Vision.Cnn(Drawings.Options with { Epochs = 1 }).Fit(keyed);
        Assert.Equal(["stripes", "disc", "chess"], model.ClassNames);

        var predicted = model.Transform(keyed).Schema["PredictedLabel"];
        Assert.Equal(3UL, Assert.IsType<KeyDataViewType>(predicted.Type).Count);
        VBuffer<ReadOnlyMemory<char>> names = default;
        predicted.GetKeyValues(ref names);
        Assert.Equal(["stripes", "disc", "chess"], names.DenseValues().Select(n => n.ToString()));
    }

    [Fact]
    public void Fit_ValidationFraction_HoldsRowsOfEachClassOut()
    {
        var reports = new Reports();
        using var model = _ml.Vision.Cnn(Drawings.Options with { ValidationFraction = 0.25, BatchSize = 1, Epochs = 1, Progress = reports }).Fit(Drawings.View(_ml, 24));
        Assert.Equal(18, reports.All[^1].Steps);
        Assert.NotNull(model.History.Epochs[0].Validation);
        // Accuracy over 6 rows is a sixth of a whole number.
        Assert.Equal(0, model.History.Epochs[0].Validation![Measure.Accuracy] * 6 % 1, 1e-9);
    }

    [Fact]
    public void Fit_ValidationSet_MeasuresWhatTransformPredicts()
    {
        // Keys in another order than the training set's: labels are found by name.
        var validation = _ml.Data.LoadFromEnumerable(Drawings.Make(31, seed: 9).AsEnumerable().Reverse());
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(validation).Transform(validation);
        using var model = _ml.Vision.Cnn(Drawings.Options with { ValidationSet = keyed, Epochs = 3, BatchSize = 7 }).Fit(Drawings.View(_ml, 48));
        var measured = model.History.Epochs[model.History.BestEpoch - 1].Validation!;
        Assert.Equal(Accuracy(model, validation), measured[Measure.Accuracy], 1e-12);
        var metrics = _ml.MulticlassClassification.Evaluate(model.Transform(_ml.Transforms.Conversion.MapValueToKey("Label").Fit(Drawings.View(_ml, 48)).Transform(validation)));
        // Evaluate takes the logarithm of float32 probabilities.
        Assert.Equal(metrics.LogLoss, measured[Measure.Loss], 1e-5);
    }

    [Fact]
    public void Fit_ValidationSetWithAnUnknownClass_NamesIt()
    {
        var validation = _ml.Data.LoadFromEnumerable(Drawings.Make(3).Select(d => new Drawing { Image = d.Image, Label = d.Label + "?" }));
        var e = Assert.Throws<InvalidDataException>(() => _ml.Vision.Cnn(Drawings.Options with { ValidationSet = validation }).Fit(Drawings.View(_ml, 12)));
        Assert.Contains("'chess?'", e.Message);
        Assert.Contains("chess, disc, stripes", e.Message);
    }

    [Fact]
    public void Fit_PatienceAndBestWeights_GiveTheWeightsThatWereBest()
    {
        var options = Drawings.Options with { ValidationFraction = 0.3, Patience = 2, Epochs = 30, LearningRate = 0.01 };
        using var model = _ml.Vision.Cnn(options).Fit(Drawings.View(_ml, 48));
        var history = model.History;
        Assert.Equal(TrainingEnd.StoppedEarly, history.End);
        Assert.Equal(history.BestEpoch + 2, history.Epochs.Count);
        var best = history.Epochs[history.BestEpoch - 1].Validation!;
        Assert.All(history.Epochs, e => Assert.True(e.Validation![Measure.Accuracy] <= best[Measure.Accuracy]));
        Assert.Equal(best[Measure.Accuracy], history.Metrics["Validation.Accuracy"]);
    }

    [Fact]
    public void Fit_SkippingCorruptImages_CountsThemInHistoryAndLog()
    {
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.Message);
        var drawings = Drawings.Make(24);
        drawings[5].Image = drawings[17].Image = [1, 2, 3];
        using var model = _ml.Vision.Cnn(Drawings.Options with { Epochs = 2, ValidationFraction = 0.25, Loader = new LoaderOptions { OnCorrupt = OnCorrupt.Skip } }).Fit(_ml.Data.LoadFromEnumerable(drawings));
        Assert.Equal(2, model.History.SkippedImages);
        Assert.Contains("row 5", model.History.SkippedFiles[0]);
        Assert.Contains("row 17", model.History.SkippedFiles[1]);
        Assert.Contains(lines, l => l.Contains("2 images could not be read and were left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_Log_SaysWhatIsTrainedOnWhat()
    {
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.Message);
        using var model = _ml.Vision.Cnn(Drawings.Options with { Epochs = 1, ValidationFraction = 0.5, Augmentation = new Augmentation().Flip() }).Fit(Drawings.View(_ml, 24));
        Assert.Contains(lines, l => l.Contains("LeNet on cpu in Float32: 12 images of 1x16x16, 3 classes", StringComparison.Ordinal)
            && l.Contains("validation: 12 images", StringComparison.Ordinal) && l.Contains("flip", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_Seed_LeavesTheCallersViewsReadable()
    {
        var view = Drawings.View(_ml, 12);
        using var model = _ml.Vision.Cnn(Drawings.Options with { Epochs = 1 }).Fit(view);
        Assert.Equal(12, view.GetColumn<string>("Label").Count());
    }

    [Fact]
    public void Fit_PathsAndImages_GiveTheSameModelAsBytes()
    {
        using var folder = new TempFolder();
        var drawings = Drawings.Make(15);
        var files = drawings.Select((d, i) => new DrawnFile { Image = folder.Write($"{i}.png", d.Image), Label = d.Label }).ToList();
        var images = drawings.Select(d => new DrawnImage { Image = MLImage.CreateFromStream(new MemoryStream(d.Image)), Label = d.Label }).ToList();
        var options = Drawings.Options with { Epochs = 1 };
        using var fromBytes = _ml.Vision.Cnn(options).Fit(_ml.Data.LoadFromEnumerable(drawings));
        using var fromFiles = _ml.Vision.Cnn(options).Fit(_ml.Data.LoadFromEnumerable(files));
        using var fromImages = _ml.Vision.Cnn(options).Fit(_ml.Data.LoadFromEnumerable(images));
        Assert.Equal(Bits(fromBytes), Bits(fromFiles));
        Assert.Equal(Bits(fromBytes), Bits(fromImages));
        images.ForEach(i => i.Image.Dispose());
    }

    [Fact]
    public void Fit_BFloat16_LearnsWhereTheDoorIsThereAndSaysWhyWhereItIsNot()
    {
        var trainer = _ml.Vision.Cnn(Drawings.Options with { Precision = Precision.BFloat16 });
        if (NativeDoor.WhyClosed is not null)
        {
            var e = Assert.Throws<InvalidOperationException>(() => trainer.Fit(Drawings.View(_ml, 12)));
            Assert.Contains("Precision.Float32", e.Message);
            return;
        }
        using var model = trainer.Fit(Drawings.View(_ml, 96));
        Assert.Equal(Precision.BFloat16, model.History.Precision);
        Assert.InRange(Accuracy(model, Drawings.View(_ml, 60, seed: 77)), 0.9, 1);
        Assert.All(((IStorable)model).Weights().Values, w => Assert.Equal(ScalarType.Float32, w.dtype));
    }

    [SkippableTheory]
    [InlineData(Precision.Float32, ScalarType.Float32)]
    [InlineData(Precision.BFloat16, ScalarType.BFloat16)]
    public void Fit_AndPredict_RunTheNetworkInThePrecision(Precision precision, ScalarType type)
    {
        Skip.If(precision == Precision.BFloat16 && NativeDoor.WhyClosed is not null, NativeDoor.WhyClosed);
        var given = new List<(bool Training, ScalarType Type)>();
        var options = Drawings.Options with { Precision = precision, Epochs = 1, ValidationFraction = 0.5, Network = input => new OwnNetworks.Formatted(input, given) };
        using var model = _ml.Vision.Cnn(options).Fit(Drawings.View(_ml, 12));
        Assert.Equal(6, model.Transform(Drawings.View(_ml, 6)).GetColumn<string>("PredictedLabel").Count());
        // A training batch, a validation batch, a batch of predictions.
        Assert.Equal([(true, type), (false, type), (false, type)], given);
    }

    [Fact]
    public void Fit_PrecisionAuto_SaysWhatItChose()
    {
        using var model = _ml.Vision.Cnn(Drawings.Options with { Precision = Precision.Auto, Epochs = 1 }).Fit(Drawings.View(_ml, 12));
        var fast = NativeDoor.WhyClosed is null && (LibTorch.Describe().BFloat16 & (BFloat16Hardware.Avx512 | BFloat16Hardware.Amx)) != 0;
        Assert.Equal(fast ? Precision.BFloat16 : Precision.Float32, model.History.Precision);
    }

    [Fact]
    public void Fit_AndPredict_LeaveOnlyTheNetworkAlive()
    {
        var view = Drawings.View(_ml, 35);
        var options = Drawings.Options with { Epochs = 2, ValidationFraction = 0.3, Patience = 1, ClipGradientNorm = 1, Dropout = 0.5 };
        using (_ml.Vision.Cnn(options).Fit(view)) { } // whatever is made once for the process
        Live.Settle();
        // The package counts the tensor that a parameter is made of as alive for ever, so the network itself is counted first.
        var before = Tensor.TotalCount;
        var network = NetworkAttribute.Of(options.Architecture).Create(new NetworkInput(1, 16, 16, 3, 0.5));
        var created = Tensor.TotalCount - before;
        network.Dispose();
        var remaining = Tensor.TotalCount - before;
        Assert.Equal(10, created - remaining); // five layers with a weight and a bias each

        var native = Live.Native();
        before = Tensor.TotalCount;
        var model = _ml.Vision.Cnn(options).Fit(view);
        Assert.Equal(before + created, Tensor.TotalCount);
        Assert.Equal(35, _ml.Data.CreateEnumerable<Verdict>(model.Transform(view), reuseRowObject: true, ignoreMissingColumns: true).Count());
        using (var engine = _ml.Model.CreatePredictionEngine<Drawing, Verdict>(model, new PredictionEngineOptions { OwnsTransformer = false }))
            engine.Predict(Drawings.Make(1)[0]);
        _ = model.Summary.ToString();
        Assert.Equal(before + created, Tensor.TotalCount);
        model.Dispose();
        Assert.Equal(before + remaining, Tensor.TotalCount);
        Assert.Equal(native, Live.Native());
    }
}
