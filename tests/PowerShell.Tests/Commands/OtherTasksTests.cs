using Fovea.PowerShell;

namespace Fovea.Tests.Commands;

/// <summary>Segmentation, detection, autoencoders and GANs from files to predictions and measures.</summary>
public sealed class OtherTasksTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    private Call Boxes(int count) => new Call("Import-ImageDataset").At(DrawnSquares.Boxes(_session.File, count));

    private Call Masks(int count) => new Call("Import-ImageDataset").At(DrawnSquares.Masks(_session.File, count)).With("ClassName", new[] { "ground", "square" }).With("MaskValue", new byte[] { 0, 255 });

    [Fact]
    public void Segmentation_DrawnSquares_FindsTheirPixels()
    {
        var model = (ImageModel)Assert.Single(_session.Output(Masks(12), new Call("Invoke-TrainSegmentation").With("UNetDepth", 2).With("UNetWidth", 4).With("Channels", "Grey").With("Epochs", 12).With("BatchSize", 4)
            .With("LearningRate", 0.01).With("Loss", "PixelCrossEntropy + DiceLoss").With("Precision", "Float32")));
        Assert.Equal((ImageTask.Segmentation, 2, 4), (model.Task, ((SegmentationOptions)model.Options).UNet.Depth, ((SegmentationOptions)model.Options).UNet.Width));
        var set = (ImageDataset)Assert.Single(_session.Output(Masks(12)));
        var measured = (SegmentationMeasurement)Assert.Single(_session.Session.Send([model], new Call("Measure-ImageModel").At(set)).Output);
        // All ground, the larger class, would give 0.45.
        Assert.InRange(measured.MeanIoU, 0.7, 1);
        Assert.Equal(12 * 64 * 64, measured.ConfusionMatrix.Rows.Sum(r => r.Total));
        var prediction = (ImagePrediction)_session.Session.Send([set], new Call("Invoke-ImageModel").At(model)).Output[0];
        Assert.Equal((64, 64), (prediction.Mask!.Width, prediction.Mask.Height));
        Assert.Contains((byte)1, prediction.Mask.Pixels.ToArray());
        Assert.True(model.Summary.Layers.Count > 8);
        Assert.Equal(model.Parameters, model.Summary.Layers.Sum(l => l.Parameters));
    }

    [Fact]
    public void Detection_DrawnSquares_FindsThem()
    {
        var model = (ImageModel)Assert.Single(_session.Output(Boxes(12), new Call("Invoke-TrainDetector").With("YoloWidth", 16).With("Channels", "Grey").With("ImageHeight", 64).With("ImageWidth", 64).With("Epochs", 30).With("BatchSize", 4)
            .With("LearningRate", 0.01).With("Schedule", "OneCycle").With("Precision", "Float32")));
        var set = (ImageDataset)Assert.Single(_session.Output(Boxes(12)));
        var measured = (DetectionMeasurement)Assert.Single(_session.Session.Send([model], new Call("Measure-ImageModel").At(set).With("IoU", 0.5)).Output);
        // An untrained network gives 0.
        Assert.InRange(measured.AP50, 0.5, 1);
        var found = _session.Session.Send([set], new Call("Invoke-ImageModel").At(model)).Output.Cast<ImagePrediction>().Where(p => p.Boxes.Count > 0).ToList();
        Assert.NotEmpty(found);
        Assert.All(found.SelectMany(p => p.Boxes), b => Assert.Equal("square", b.Label));
        Assert.Equal(found[0].Boxes[0].Score, found[0].Score);
        Assert.All(found, p => Assert.Equal(p.Boxes.Select(b => b.Score).OrderDescending(), p.Boxes.Select(b => b.Score)));
        Assert.Equal(model.Parameters, model.Summary.Layers.Sum(l => l.Parameters));
    }

    [Fact]
    public void Autoencoder_Letters_BringsBackDrawsAndTellsAnomalies()
    {
        var model = (ImageModel)Assert.Single(_session.Output(_session.Import(), new Call("Invoke-TrainAutoencoder").With("Kind", "Variational").With("Architecture", "Dense").With("HiddenWidths", new[] { 32 }).With("LatentSize", 4)
            .With("Channels", "Grey").With("ImageHeight", 16).With("ImageWidth", 16).With("Epochs", 3).With("BatchSize", 8).With("AnomalyQuantile", 0.5)));
        var prediction = (ImagePrediction)_session.Session.Send([_session.File("letters/a/00.png")], new Call("Invoke-ImageModel").At(model)).Output.Single();
        Assert.Equal((4, 16, 16), (prediction.Latent.Count, prediction.Reconstruction!.Width, prediction.Reconstruction.Height));
        Assert.NotNull(prediction.IsAnomaly);
        var measured = (AutoencoderMeasurement)Assert.Single(_session.Session.Send([model], new Call("Measure-ImageModel").At(_session.Dataset()).With("AnomalousLabels", new[] { "c" })).Output);
        Assert.InRange(measured.RocAuc!.Value, 0, 1);
        Assert.InRange(measured.Ssim, -1, 1);
        var drawn = _session.Session.Send([model], new Call("New-GeneratedImage").With("Count", 5).With("Folder", "drawn")).Output.Cast<GeneratedImage>().ToList();
        Assert.Equal(5, Directory.GetFiles(_session.File("drawn/."), "*.png").Length);
        Assert.Equal(_session.File("drawn/00004.png"), drawn[4].Path);
        Assert.Equal("FileExists", Assert.Single(_session.Session.Send([model], new Call("New-GeneratedImage").With("Folder", "drawn")).Errors).FullyQualifiedErrorId);
        Assert.Contains("-Label", Assert.Single(_session.Session.Send([model], new Call("New-GeneratedImage").With("Label", "a")).Errors).ToString());
    }

    [Fact]
    public void Gan_WithClasses_DrawsThemAndIsMeasured()
    {
        var gan = (ImageModel)Assert.Single(_session.Output(_session.Import(), new Call("Invoke-TrainGan").With("Architecture", "Dense").With("Width", 4).With("LatentSize", 8).With("Conditional").With("Channels", "Grey")
            .With("ImageHeight", 16).With("ImageWidth", 16).With("Epochs", 1).With("BatchSize", 12)));
        var drawn = _session.Session.Send([gan], new Call("New-GeneratedImage").With("Count", 4)).Output.Cast<GeneratedImage>().ToList();
        Assert.Equal(["a", "b", "c", "a"], drawn.Select(d => d.Label));
        Assert.All(_session.Session.Send([gan], new Call("New-GeneratedImage").With("Count", 3).With("Label", "b")).Output.Cast<GeneratedImage>(), d => Assert.Equal("b", d.Label));
        Assert.Contains("no class 'x'", Assert.Single(_session.Session.Send([gan], new Call("New-GeneratedImage").With("Label", "x")).Errors).ToString());
        var set = _session.Dataset();
        Assert.Contains("-Features", Assert.Single(_session.Session.Send([gan], new Call("Measure-ImageModel").At(set)).Errors).ToString());
        var measured = (GenerationMeasurement)Assert.Single(_session.Session.Send([gan], new Call("Measure-ImageModel").At(set).With("Features", _session.Model())).Output);
        Assert.InRange(measured.FrechetDistance, 0, double.MaxValue);
        var judged = (ImagePrediction)_session.Session.Send([_session.File("letters/a/00.png")], new Call("Invoke-ImageModel").At(gan)).Output.Single();
        Assert.InRange(judged.Score!.Value, 0, 1);
        Assert.Equal(gan.Parameters, gan.Summary.Layers.Sum(l => l.Parameters));
    }

    [Fact]
    public void Gan_WhatIf_WritesNoSamples()
    {
        Directory.CreateDirectory(_session.File("samples/."));
        var result = _session.Run(_session.Import(), new Call("Invoke-TrainGan").With("Architecture", "Dense").With("Width", 4).With("Channels", "Grey").With("ImageHeight", 16).With("ImageWidth", 16).With("BatchSize", 12).With("SampleFolder", "samples").With("WhatIf"));
        Assert.Contains("Train Dense on letters", Assert.Single(result.WhatIf));
        Assert.Empty(Directory.GetFiles(_session.File("samples/.")));
    }

    [Fact]
    public void Generate_WithAClassifier_IsRefused() =>
        Assert.Contains("draws no images", Assert.Single(_session.Session.Send([_session.Model()], new Call("New-GeneratedImage")).Errors).ToString());

    [Fact]
    public void Convert_YoloToEachFormat_CanBeReadBack()
    {
        var set = (ImageDataset)Assert.Single(_session.Output(Boxes(4)));
        PipelineResult To(string format, string path) => _session.Session.Send([set], new Call("Convert-ImageDataset").At(format).At(path).With("CopyImages", format != "Coco" && format != "Mask"));
        Assert.Empty(To("Coco", "set.json").Errors);
        var coco = (ImageDataset)Assert.Single(_session.Output(new Call("Import-ImageDataset").At("set.json").With("Images", "boxes/images/train")));
        Assert.Equal((DatasetFormat.Coco, 4L), (coco.Format, coco.Rows));
        Assert.Equal(["square"], coco.ClassNames);
        Assert.Empty(To("Voc", "voc").Errors);
        Assert.Equal(4, ((ImageDataset)Assert.Single(_session.Output(new Call("Import-ImageDataset").At("voc").With("Split", "train")))).Rows);
        Assert.Equal("ReadOrWriteFailed", Assert.Single(To("Voc", "voc").Errors).FullyQualifiedErrorId);
        Assert.Single(_session.Session.Send([set], new Call("Convert-ImageDataset").At("Mask").At("masks").With("WhatIf")).WhatIf);
        Assert.False(Directory.Exists(_session.File("masks")));
    }

    [Theory]
    [InlineData("Folder", "Split", "train", "must be Voc, Coco, Yolo or Mask")]
    [InlineData("Coco", "Split", "train", "no place for split")]
    public void Convert_WhatAFormatHasNot_IsRefused(string format, string parameter, string value, string message)
    {
        var set = (ImageDataset)Assert.Single(_session.Output(Boxes(2)));
        Assert.Contains(message, Assert.Single(_session.Session.Send([set], new Call("Convert-ImageDataset").At(format).At("x").With(parameter, value)).Errors).ToString());
    }

    [Fact]
    public void Test_SplitWithACopyInBothParts_FindsIt()
    {
        _session.Letters("ab", 6);
        foreach (var i in Enumerable.Range(6, 6))
            File.Copy(_session.File("letters/a/00.png"), _session.File($"letters/a/{i:00}.png"));
        var report = (DatasetReport)Assert.Single(_session.Output(new Call("Import-ImageDataset").At("letters"), new Call("Split-ImageDataset").With("Test", 0.4), new Call("Test-ImageDataset")));
        Assert.False(report.IsUsable);
        Assert.Contains(report.Findings, f => f.Kind == FindingKind.SharedBetweenSplits);
        Assert.Equal(18, report.Rows);
    }

    [Fact]
    public void Test_OptionOutOfBounds_IsTheLibrarysMessage() =>
        Assert.Contains("NearDistance must be 0 to 32", Assert.Single(_session.Run(_session.Import(), new Call("Test-ImageDataset").With("NearDistance", 99)).Errors).ToString());

    [Fact]
    public void Show_Augmented_WritesOnceAndNeedsForce()
    {
        var show = new Call("Show-ImageDataset").At("sheet.png").With("Images", 2).With("Augmented").With("InputSize", new[] { 32, 32 });
        var file = (FileInfo)Assert.Single(_session.Output(_session.Import(), new Call("Add-ImageAugmentation").With("Rotate", 20), show));
        Assert.True(file.Length > 1000);
        Assert.Equal("FileExists", Assert.Single(_session.Run(_session.Import(), new Call("Show-ImageDataset").At("sheet.png")).Errors).FullyQualifiedErrorId);
        Assert.Equal("InvalidArgument", Assert.Single(_session.Run(_session.Import(), new Call("Show-ImageDataset").At("sheet.jpg")).Errors).FullyQualifiedErrorId);
        var svg = (FileInfo)Assert.Single(_session.Output(_session.Import(), new Call("Show-ImageDataset").At("sheet.svg").With("Images", 2)));
        Assert.Equal("svg", System.Xml.Linq.XDocument.Load(svg.FullName).Root!.Name.LocalName);
    }
}
