using Fovea.Backbones;
using Fovea.Tests.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Classification;

/// <summary>What a training run says to bad data and bad luck, and what it leaves behind.</summary>
public class CnnTrainerErrorTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static CnnOptions Options => Drawings.Options;

    private IDataView View(IEnumerable<Drawing> drawings) => _ml.Data.LoadFromEnumerable(drawings);

    [Fact]
    public void Fit_NoImageColumn_NamesTheColumnsThereAre()
    {
        var e = Assert.Throws<ArgumentException>(() => _ml.Vision.Cnn(Options with { ImageColumn = "Picture" }).Fit(Drawings.View(_ml, 6)));
        Assert.Contains("no image column 'Picture'", e.Message);
        Assert.Contains("'Image', 'Label'", e.Message);
    }

    [Fact]
    public void Fit_NoLabelColumn_NamesTheColumnsThereAre()
    {
        var e = Assert.Throws<ArgumentException>(() => _ml.Vision.Cnn(Options with { LabelColumn = "Class" }).Fit(Drawings.View(_ml, 6)));
        Assert.Contains("no label column 'Class'", e.Message);
        Assert.Contains("'Image', 'Label'", e.Message);
    }

    [Fact]
    public void Fit_NumbersAsImagesOrLabels_SaysWhatIsPossible()
    {
        var numbers = _ml.Data.LoadFromEnumerable(new[] { new { Image = 1f, Label = 2f, Path = "a.png" } });
        var e = Assert.Throws<ArgumentException>(() => _ml.Vision.Cnn(Options).Fit(numbers));
        Assert.Contains("'Image' is of type Single", e.Message);
        Assert.Contains("MLImage", e.Message);
        e = Assert.Throws<ArgumentException>(() => _ml.Vision.Cnn(Options with { ImageColumn = "Path" }).Fit(numbers));
        Assert.Contains("'Label' is of type Single", e.Message);
        Assert.Contains("MapValueToKey", e.Message);
    }

    [Fact]
    public void Fit_Null_IsRefused() => Assert.Throws<ArgumentNullException>(() => _ml.Vision.Cnn(Options).Fit(null!));

    [Fact]
    public void Fit_NoRows_SaysSo()
    {
        var e = Assert.Throws<InvalidDataException>(() => _ml.Vision.Cnn(Options).Fit(View([])));
        Assert.Contains("no rows", e.Message);
    }

    [Fact]
    public void Fit_OneClass_NamesIt()
    {
        var e = Assert.Throws<InvalidDataException>(() => _ml.Vision.Cnn(Options).Fit(View(Drawings.Make(9).Where(d => d.Label == "disc"))));
        Assert.Contains("'disc'", e.Message);
        Assert.Contains("two classes", e.Message);
    }

    [Fact]
    public void Fit_KeyWithOneClassPresent_NamesIt()
    {
        var view = Drawings.View(_ml, 9);
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(view).Transform(View(Drawings.Make(9).Where(d => d.Label == "disc")));
        Assert.Contains("'disc'", Assert.Throws<InvalidDataException>(() => _ml.Vision.Cnn(Options).Fit(keyed)).Message);
    }

    [Fact]
    public void Fit_RowWithoutALabel_NamesTheRow()
    {
        var drawings = Drawings.Make(9);
        drawings[4].Label = "";
        var e = Assert.Throws<InvalidDataException>(() => _ml.Vision.Cnn(Options).Fit(View(drawings)));
        Assert.Contains("Row 4", e.Message);
        Assert.Contains("'Label'", e.Message);
    }

    [Fact]
    public void Fit_UnknownKey_NamesTheRow()
    {
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(View(Drawings.Make(2))).Transform(View(Drawings.Make(9)));
        Assert.Contains("Row 2 has no label", Assert.Throws<InvalidDataException>(() => _ml.Vision.Cnn(Options).Fit(keyed)).Message);
    }

    public static TheoryData<string, byte[]> Unreadable => new()
    {
        { "text", "not an image at all"u8.ToArray() },
        { "cut off", Drawings.Make(1)[0].Image[..60] },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void Fit_UnreadableImage_NamesTheRowAndLeavesNoTensor(string _, byte[] bytes)
    {
        var drawings = Drawings.Make(20);
        drawings[13].Image = bytes;
        long Fail()
        {
            var e = Assert.Throws<InvalidDataException>(() => _ml.Vision.Cnn(Options).Fit(View(drawings)));
            Assert.Contains("row 13", e.Message, StringComparison.OrdinalIgnoreCase);
            return Tensor.TotalCount;
        }
        Fail();
        var before = Live.Tensors();
        Assert.Equal(before, Fail());
    }

    [Fact]
    public void Fit_MissingFile_NamesIt()
    {
        using var folder = new TempFolder();
        var rows = Drawings.Make(6).Select((d, i) => new DrawnFile { Image = folder.Write($"{i}.png", d.Image), Label = d.Label }).ToList();
        File.Delete(rows[5].Image);
        var e = Assert.ThrowsAny<Exception>(() => _ml.Vision.Cnn(Options).Fit(_ml.Data.LoadFromEnumerable(rows)));
        Assert.True(e is InvalidDataException or FileNotFoundException, e.GetType().Name);
        Assert.Contains("5.png", e.Message);
    }

    [Fact]
    public void Fit_NoBytes_NamesTheRow()
    {
        var drawings = Drawings.Make(6);
        drawings[3].Image = [];
        Assert.Contains("Row 3", Assert.Throws<InvalidDataException>(() => _ml.Vision.Cnn(Options).Fit(View(drawings))).Message);
    }

    [Fact]
    public void Fit_FractionOfNoRow_SaysSo()
    {
        var e = Assert.Throws<InvalidDataException>(() => _ml.Vision.Cnn(Options with { ValidationFraction = 0.01 }).Fit(Drawings.View(_ml, 6)));
        Assert.Contains("0.01", e.Message);
    }

    [SkippableFact]
    public void Fit_CudaWhereThereIsNone_SaysSoBeforeReadingTheData()
    {
        Skip.If(cuda.is_available(), "this machine has a CUDA device");
        var e = Assert.Throws<InvalidOperationException>(() => _ml.Vision.Cnn(Options with { Device = ComputeDevice.Cuda() }).Fit(View([])));
        Assert.Contains("no CUDA device", e.Message);
    }

    [Fact]
    public void Fit_CanceledBefore_ThrowsWithoutAModel()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var e = Assert.ThrowsAny<OperationCanceledException>(() => _ml.Vision.Cnn(Options with { Cancellation = source.Token }).Fit(Drawings.View(_ml, 9)));
        Assert.Equal(source.Token, e.CancellationToken);
    }

    [Fact]
    public void Fit_CanceledInTheFirstEpoch_GivesTheModelOfTheMoment()
    {
        using var source = new CancellationTokenSource();
        var options = Options with { Network = input => new OwnNetworks.Interrupted(input, 2, source.Cancel), Cancellation = source.Token };
        var e = Assert.Throws<TrainingCanceledException>(() => _ml.Vision.Cnn(options).Fit(Drawings.View(_ml, 96)));
        Assert.Equal(source.Token, e.CancellationToken);
        Assert.Equal((0, 0, TrainingEnd.Canceled), (e.History.Epochs.Count, e.History.BestEpoch, e.History.End));
        using var model = Assert.IsType<CnnTransformer>(e.Model);
        Assert.Equal(9, model.Transform(Drawings.View(_ml, 9)).GetColumn<string>("PredictedLabel").Count());
        Assert.Same(e.History, model.History);
    }

    [Fact]
    public void Fit_CanceledInALaterEpoch_GivesTheModelOfTheBestEpoch()
    {
        using var source = new CancellationTokenSource();
        var reports = new Reports();
        // Six steps an epoch: the eighth step is in the middle of the second.
        var options = Options with { Network = input => new OwnNetworks.Interrupted(input, 8, source.Cancel), Cancellation = source.Token, Progress = reports };
        var e = Assert.Throws<TrainingCanceledException>(() => _ml.Vision.Cnn(options).Fit(Drawings.View(_ml, 96)));
        using var model = Assert.IsType<CnnTransformer>(e.Model);
        Assert.Equal((1, 1), (e.History.Epochs.Count, e.History.BestEpoch));
        Assert.Single(reports.Completed);

        using var whole = _ml.Vision.Cnn(options with { Epochs = 1, Network = input => new OwnNetworks.Interrupted(input, -1, () => { }), Cancellation = default }).Fit(Drawings.View(_ml, 96));
        var view = Drawings.View(_ml, 12, seed: 3);
        Assert.Equal(whole.Transform(view).GetColumn<float[]>("Score"), model.Transform(view).GetColumn<float[]>("Score"));
    }

    [Fact]
    public void Fit_DivergedInTheFirstEpoch_HasNoModelAndSaysWhatToTry()
    {
        var options = Options with { Optimizer = OptimizerKind.Sgd, LearningRate = 1e30 };
        var e = Assert.Throws<TrainingDivergedException>(() => _ml.Vision.Cnn(options).Fit(Drawings.View(_ml, 48)));
        Assert.Null(e.Model);
        Assert.Equal((TrainingEnd.Diverged, 0), (e.History.End, e.History.Epochs.Count));
        Assert.Contains("1e+30", e.Message);
        Assert.Contains("epoch 1", e.Message);
        Assert.Contains("ClipGradientNorm", e.Message);
        Assert.Contains("there is no model", e.Message);
    }

    [Fact]
    public void Fit_DivergedInALaterEpoch_HasTheModelOfTheBestEpoch()
    {
        var options = Options with { Network = input => new OwnNetworks.Interrupted(input, 8, ruin: true) };
        var e = Assert.Throws<TrainingDivergedException>(() => _ml.Vision.Cnn(options).Fit(Drawings.View(_ml, 96)));
        Assert.Contains("epoch 2", e.Message);
        Assert.Contains("weights of epoch 1", e.Message);
        using var model = Assert.IsType<CnnTransformer>(e.Model);
        Assert.All(model.Transform(Drawings.View(_ml, 6)).GetColumn<float[]>("Score"), score => Assert.Equal(1, score.Sum(), 1e-5f)); // three roundings
    }

    [Fact]
    public void Fit_ProgressThrows_PassesItOnAndLeavesNoTensor()
    {
        var reports = new Reports { OnReport = _ => throw new NotSupportedException("mine") };
        void fail() => Assert.Equal("mine", Assert.Throws<NotSupportedException>(() => _ml.Vision.Cnn(Options with { Progress = reports }).Fit(Drawings.View(_ml, 9))).Message);
        fail();
        var before = Live.Tensors();
        NetworkAttribute.Of(Options.Architecture).Create(new NetworkInput(1, 16, 16, 3, 0)).Dispose();
        var remaining = Tensor.TotalCount - before; // what the package counts as alive for ever
        fail();
        Assert.Equal(before + 2 * remaining, Tensor.TotalCount);
    }

    [Fact]
    public void Fit_FactoryGivesNull_SaysWhatItWasAskedFor()
    {
        var e = Assert.Throws<InvalidOperationException>(() => _ml.Vision.Cnn(Options with { Network = _ => null! }).Fit(Drawings.View(_ml, 9)));
        Assert.Contains("CnnOptions.Network gave null", e.Message);
        Assert.Contains("Classes = 3", e.Message);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Fit_NetworkWithAnotherNumberOfLogits_SaysSo(int logits)
    {
        var e = Assert.Throws<InvalidOperationException>(() => _ml.Vision.Cnn(Options with { Network = input => OwnNetworks.Normalized(input with { Classes = logits }) }).Fit(Drawings.View(_ml, 9)));
        Assert.Contains($"(9, {logits})", e.Message);
        Assert.Contains("(9, 3)", e.Message);
    }
}
