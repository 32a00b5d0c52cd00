using Fovea.Data;
using Microsoft.ML;

namespace Fovea.Tests.Autoencoding;

public class AutoencoderErrorTests
{
    private static readonly MLContext _ml = new(1);

    private static AutoencoderOptions Small => AutoencoderTrainerTests.Small with { Epochs = 1 };

    public static TheoryData<string, AutoencoderOptions> Wrong => new()
    {
        { "LatentSize must be 1 to 65536; it is 0", new() { LatentSize = 0 } },
        { "HiddenWidths must be at most 16 numbers from 1 to 65536; they are [4, 0]", new() { HiddenWidths = [4, 0] } },
        { "Convolutional.Depth must be 1 to 7; it is 8", new() { Convolutional = new() { Depth = 8 } } },
        { "BatchSize must be at least 2 with batch norm", new() { BatchSize = 1 } },
        { "Beta must be at least 0 and finite; it is NaN", new() { Beta = double.NaN } },
        { "BetaWarmUpEpochs must be at least 0", new() { BetaWarmUpEpochs = -1 } },
        { "GaussianDeviation must be above 0", new() { GaussianDeviation = 0 } },
        { "ImportanceSamples are of Variational", new() { ImportanceSamples = 5 } },
        { "AnomalyQuantile must be in (0, 1)", new() { AnomalyQuantile = 1 } },
        { "Noise: masking must take a share", new() { Noise = InputNoise.Masking(1) } },
        { "LatentColumn and ReconstructionColumn are 'A'", new() { LatentColumn = "A", ReconstructionColumn = "A" } },
        { "ReconstructionColumn must be another column than ImageColumn", new() { ReconstructionColumn = "Image" } },
        { "ImageHeight and ImageWidth must be given together", new() { ImageHeight = 5 } },
        { "ImageHeight must be 8 to 16384 for 4 halvings; it is 7", new() { ImageHeight = 7, ImageWidth = 20, Convolutional = new() { Depth = 4 } } },
        { "must be left out for an autoencoder", new() { Augmentation = new Augmentation().MixUp() } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Autoencoder_OptionOutOfBounds_SaysSo(string message, AutoencoderOptions options) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => _ml.Vision.Autoencoder(options)).Message);

    [Fact]
    public void Problems_Defaults_HaveNone() => Assert.Empty(new AutoencoderOptions().Problems());

    [Fact]
    public void Fit_OneRowWithBatchNorm_SaysWhatToDo()
    {
        using var blobs = new Blobs(2);
        var options = Small with { Architecture = AutoencoderArchitecture.Convolutional };
        Assert.Contains("BatchNorm to false", Assert.Throws<InvalidDataException>(() => _ml.Vision.Autoencoder(options).Fit(_ml.Data.TakeRows(blobs.View, 1))).Message);
    }

    [Fact]
    public void Fit_OneRowWithoutBatchNorm_Learns()
    {
        using var blobs = new Blobs(2);
        using var model = _ml.Vision.Autoencoder(Small with { Architecture = AutoencoderArchitecture.Convolutional, Convolutional = new() { BatchNorm = false, Width = 4 }, BatchSize = 1, Epochs = 3 }).Fit(_ml.Data.TakeRows(blobs.View, 1));
        Assert.Equal(3, model.History.Epochs.Count);
    }

    [Fact]
    public void Fit_LastBatchOfOneWithBatchNorm_JoinsTheOneBefore()
    {
        using var blobs = new Blobs(9);
        using var model = _ml.Vision.Autoencoder(Small with { Architecture = AutoencoderArchitecture.Convolutional, Convolutional = new() { Depth = 4, Width = 2 }, BatchSize = 4 }).Fit(blobs.View);
        Assert.True(double.IsFinite(model.History.Epochs[0].Training[Measure.Loss]));
    }

    [Fact]
    public void Fit_FirstImageTooSmall_NamesIt()
    {
        using var blobs = new Blobs(2, height: 11, width: 11);
        var error = Assert.Throws<ArgumentException>(() => _ml.Vision.Autoencoder(Small with { Architecture = AutoencoderArchitecture.Convolutional, Convolutional = new() { Depth = 5 } }).Fit(blobs.View));
        Assert.Contains("000.png", error.Message);
        Assert.Contains("ImageHeight must be 16", error.Message);
    }

    [Fact]
    public void Fit_AugmentationOfAnotherSize_IsRefused()
    {
        using var blobs = new Blobs(4);
        Assert.Contains("12 x 12 out of 16 x 16", Assert.Throws<ArgumentException>(() => _ml.Vision.Autoencoder(Small with { Augmentation = new Augmentation().Crop(12, 12) }).Fit(blobs.View)).Message);
    }

    [Fact]
    public void Fit_NoRows_SaysSo()
    {
        using var blobs = new Blobs(2);
        Assert.Contains("no rows", Assert.Throws<InvalidDataException>(() => _ml.Vision.Autoencoder(Small).Fit(_ml.Data.SkipRows(blobs.View, 2))).Message);
    }

    [Fact]
    public void Fit_MissingColumn_NamesTheOthers()
    {
        using var blobs = new Blobs(2);
        Assert.Contains("'Image'", Assert.Throws<ArgumentException>(() => _ml.Vision.Autoencoder(Small with { ImageColumn = "Picture" }).Fit(blobs.View)).Message);
    }

    [Fact]
    public void GetOutputSchema_Shape_HasTheColumnsOfTheTransformer()
    {
        using var blobs = new Blobs(2);
        var options = Small with { Kind = AutoencoderKind.Variational, AnomalyQuantile = 0.5 };
        using var model = _ml.Vision.Autoencoder(options).Fit(blobs.View);
        var shape = _ml.Vision.Autoencoder(options).GetOutputSchema(AddedColumns.To(new SchemaShape([]), blobs.View.Schema.Select(c => new DataViewSchema.DetachedColumn(c))));
        Assert.Equal(model.GetOutputSchema(blobs.View.Schema).Select(c => c.Name).Distinct().Order(), shape.Select(c => c.Name).Order());
    }

    [Fact]
    public void Evaluate_UnknownAnomalousLabel_NamesIt()
    {
        using var blobs = new Blobs(4);
        using var model = _ml.Vision.Autoencoder(Small).Fit(blobs.View);
        var view = model.Transform(blobs.View);
        Assert.Contains("'circle'", Assert.Throws<ArgumentException>(() => _ml.Vision.EvaluateAutoencoder(view, new() { LabelColumn = "Label", AnomalousLabels = ["circle"] })).Message);
        Assert.Contains("AnomalousLabels", Assert.Throws<ArgumentException>(() => _ml.Vision.EvaluateAutoencoder(view, new() { LabelColumn = "Label" })).Message);
        Assert.Contains("'Reconstruction'", Assert.Throws<ArgumentException>(() => _ml.Vision.EvaluateAutoencoder(blobs.View)).Message);
    }

    [Fact]
    public void MLModelSave_IsRefusedInWords()
    {
        using var blobs = new Blobs(2);
        using var model = _ml.Vision.Autoencoder(Small).Fit(blobs.View);
        Assert.Contains("ml.Vision.Save", Assert.Throws<NotSupportedException>(() => ((ICanSaveModel)model).Save(null!)).Message);
    }
}
