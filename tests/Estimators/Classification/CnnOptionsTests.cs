using System.Text.Json.Nodes;
using Fovea.Data;
using Fovea.Storage;
using Microsoft.ML;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Classification;

public class CnnOptionsTests
{
    private static readonly IDataView SomeView = new MLContext().Data.LoadFromEnumerable(new[] { new { Image = "a.png", Label = "a" } });

    public static TheoryData<string, CnnOptions> Bounds => new()
    {
        { "Epochs must be at least 1; it is 0", new() { Epochs = 0 } },
        { "BatchSize must be at least 1; it is -1", new() { BatchSize = -1 } },
        { "Optimizer must be one of Sgd, Adam, AdamW, RmsProp; it is 9", new() { Optimizer = (OptimizerKind)9 } },
        { "LearningRate must be above 0 and finite; it is 0", new() { LearningRate = 0 } },
        { "LearningRate must be above 0 and finite; it is NaN", new() { LearningRate = double.NaN } },
        { "LearningRate must be above 0 and finite; it is Infinity", new() { LearningRate = double.PositiveInfinity } },
        { "Schedule must not be null; LearningRateSchedule.Constant keeps the rate", new() { Schedule = null! } },
        { "the schedule's gamma must be in (0, 1]; it is 2", new() { Schedule = LearningRateSchedule.Exponential(2) } },
        { "Momentum must be in [0, 1); it is 1", new() { Momentum = 1 } },
        { "Momentum must be in [0, 1); it is NaN", new() { Momentum = double.NaN } },
        { "Nesterov needs Sgd with a momentum above 0; they are Adam and 0.9", new() { Nesterov = true } },
        { "Nesterov needs Sgd with a momentum above 0; they are Sgd and 0", new() { Nesterov = true, Optimizer = OptimizerKind.Sgd, Momentum = 0 } },
        { "WeightDecay must be at least 0 and finite; it is -0.1", new() { WeightDecay = -0.1 } },
        { "WeightDecay must be at least 0 and finite; it is NaN", new() { WeightDecay = double.NaN } },
        { "WeightDecay must be at least 0 and finite; it is Infinity", new() { WeightDecay = double.PositiveInfinity } },
        { "ClipGradientNorm must be above 0, or null for no clipping; it is 0", new() { ClipGradientNorm = 0 } },
        { "AverageWeights must be in (0, 1), or null for no average; it is 1", new() { AverageWeights = 1 } },
        { "AverageWeights must be in (0, 1), or null for no average; it is NaN", new() { AverageWeights = double.NaN } },
        { "ClipGradientNorm must be above 0, or null for no clipping; it is NaN", new() { ClipGradientNorm = double.NaN } },
        { "Precision must be one of Auto, Float32, BFloat16; it is 7", new() { Precision = (Precision)7 } },
        { "ValidationFraction must be in [0, 1); it is 1", new() { ValidationFraction = 1 } },
        { "ValidationFraction must be in [0, 1); it is NaN", new() { ValidationFraction = double.NaN } },
        { "ValidationFraction and ValidationSet exclude each other; the fraction is 0.5 and a set is given", new() { ValidationFraction = 0.5, ValidationSet = SomeView } },
        { "ParametersEvery must be at least 1, or null for never; it is 0", new() { ParametersEvery = 0 } },
        { "Patience must be at least 1, or null to run all epochs; it is 0", new() { Patience = 0, ValidationFraction = 0.5 } },
        { "Patience needs ValidationFraction or ValidationSet; neither is given", new() { Patience = 3 } },
        { "Loader must not be null; leave it out for the defaults", new() { Loader = null! } },
        { "The loader's threads must be 1 to 64, or 0 for as many as there are cores, but are 65", new() { Loader = new() { Threads = 65 } } },
        { "Architecture must be one of Perceptron, Mlp, Letters, LeNet, Cifar, ResNet18, ResNet34, ResNet50, ResNet101, ResNet152; it is 99", new() { Architecture = (CnnArchitecture)99 } },
        { "ImageHeight must be 32 to 16384 for Letters; it is 31", new() { Architecture = CnnArchitecture.Letters, ImageHeight = 31 } },
        { "ImageWidth must be 16 to 16384 for LeNet; it is 15", new() { Architecture = CnnArchitecture.LeNet, ImageWidth = 15 } },
        { "ImageHeight must be 1 to 16384 for ResNet18; it is 16385", new() { ImageHeight = 16385 } },
        { "ImageWidth must be 1 to 16384 for a network of your own; it is 0", new() { Network = _ => nn.Linear(1, 1), ImageWidth = 0 } },
        { "ImageColumn must name a column; it is null", new() { ImageColumn = null! } },
        { "LabelColumn must name a column; it is ''", new() { LabelColumn = "" } },
        { "PredictedLabelColumn must name a column; it is ' '", new() { PredictedLabelColumn = " " } },
        { "ScoreColumn must name a column; it is null", new() { ScoreColumn = null! } },
        { "PredictedLabelColumn and ScoreColumn must be two columns; both are 'x'", new() { PredictedLabelColumn = "x", ScoreColumn = "x" } },
        { "PredictedLabelColumn must be another column than LabelColumn; both are 'Label'", new() { PredictedLabelColumn = "Label" } },
        { "ScoreColumn must be another column than LabelColumn; both are 'Score'", new() { LabelColumn = "Score" } },
        { "Channels must be one of Grey, Rgb; it is 2", new() { Channels = (ImageChannels)2 } },
        { $"Resize must be one of {string.Join(", ", Enum.GetNames<ResizeMode>())}; it is 50", new() { Resize = (ResizeMode)50 } },
        { "Dropout must be in [0, 1); it is 1", new() { Dropout = 1 } },
        { "Dropout must be in [0, 1); it is NaN", new() { Dropout = double.NaN } },
        { "LabelSmoothing must be in [0, 1); it is -0.5", new() { LabelSmoothing = -0.5 } },
        { "LabelSmoothing must be in [0, 1); it is NaN", new() { LabelSmoothing = double.NaN } },
        { "Augmentation must not be null; leave it out for none", new() { Augmentation = null! } },
        { "Normalization must not be null; leave it out for the default", new() { Normalization = null! } },
        { "Normalization's epsilon must be above 0 and finite; it is -1", new() { Architecture = CnnArchitecture.LeNet, Normalization = Normalization.Zca(-1) } },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Problems_OneBoundViolated_SaysWhatIsWantedAndWhatCame(string problem, CnnOptions options) => Assert.Equal([problem], options.Problems());

    [Fact]
    public void Problems_Defaults_AreNone() => Assert.Empty(new CnnOptions().Problems());

    public static TheoryData<CnnOptions> OnTheBounds => new()
    {
        new CnnOptions { Epochs = 1, BatchSize = 1, LearningRate = double.Epsilon, Momentum = 0, WeightDecay = 0, Dropout = 0, LabelSmoothing = 0, ClipGradientNorm = double.Epsilon },
        new CnnOptions { ValidationFraction = double.Epsilon, Patience = 1 },
        new CnnOptions { ValidationSet = SomeView, Patience = 1 },
        new CnnOptions { Optimizer = OptimizerKind.Sgd, Nesterov = true, Momentum = 0.999 },
        new CnnOptions { Architecture = CnnArchitecture.Letters, ImageHeight = 32, ImageWidth = 16384 },
        new CnnOptions { ImageHeight = 1, ImageWidth = 1 },
    };

    [Theory]
    [MemberData(nameof(OnTheBounds))]
    public void Problems_OnTheBounds_AreNone(CnnOptions options) => Assert.Empty(options.Problems());

    [Fact]
    public void Cnn_SeveralBoundsViolated_ListsAllInOneException()
    {
        var e = Assert.Throws<ArgumentException>(() => new MLContext().Vision.Cnn(new CnnOptions { Epochs = 0, Dropout = 2, Schedule = LearningRateSchedule.OneCycle(0), LabelColumn = "" }));
        Assert.Equal("CnnOptions cannot be used: Epochs must be at least 1; it is 0; the schedule's rise must be in (0, 1); it is 0; "
            + "LabelColumn must name a column; it is ''; Dropout must be in [0, 1); it is 2. (Parameter 'options')", e.Message);
    }

    [Fact]
    public void Summarize_BoundViolated_IsRefusedToo() =>
        Assert.Throws<ArgumentException>(() => new MLContext().Vision.Summarize(new CnnOptions { ImageHeight = -1 }, 3));

    [Theory]
    [InlineData(CnnArchitecture.Perceptron, 28)]
    [InlineData(CnnArchitecture.Letters, 32)]
    [InlineData(CnnArchitecture.ResNet50, 224)]
    public void ImageSize_NotGiven_IsTheArchitecturesOwn(CnnArchitecture architecture, int size)
    {
        var options = new CnnOptions { Architecture = architecture };
        Assert.Equal((size, size), (options.Height, options.Width));
        Assert.Equal((size, 40), ((options with { ImageWidth = 40 }).Height, (options with { ImageWidth = 40 }).Width));
    }

    public static TheoryData<CnnOptions> ForTheFile => new()
    {
        new CnnOptions(),
        new CnnOptions
        {
            Architecture = CnnArchitecture.Letters, ImageColumn = "Picture", LabelColumn = "Kind", PredictedLabelColumn = "P", ScoreColumn = "S", ImageHeight = 40, ImageWidth = 48,
            Channels = ImageChannels.Grey, Resize = ResizeMode.Stretch, Dropout = 0.25, LabelSmoothing = 0.1, InitialWeights = "weights.pth", Augmentation = new Augmentation().Shift(2).Flip(), Normalization = Normalization.PerChannel([0.1f], [0.3f]),
            Epochs = 3, BatchSize = 5, Optimizer = OptimizerKind.Sgd, LearningRate = 0.05, Schedule = LearningRateSchedule.Cosine(0.1, 0.01), Momentum = 0.8, Nesterov = true,
            WeightDecay = 1e-4, ClipGradientNorm = 2.5, Seed = -7, Precision = Precision.Float32, ValidationFraction = 0.125, Patience = 4, RestoreBestWeights = false,
        },
    };

    [Theory]
    [MemberData(nameof(ForTheFile))]
    public void Json_EveryOption_ComesBack(CnnOptions options)
    {
        var node = ModelJson.ToNode(options);
        var back = ModelJson.FromNode<CnnOptions>(JsonNode.Parse(node.ToJsonString()), "options", "file", new Dictionary<string, string>());
        // Augmentations compare by reference; their text says everything.
        Assert.Equal(options.Augmentation.ToString(), back.Augmentation.ToString());
        Assert.Equal(options, back with { Augmentation = options.Augmentation, Loader = options.Loader });
        Assert.Equal(node.ToJsonString(), ModelJson.ToNode(back).ToJsonString());
    }

    [Fact]
    public void Json_WhatBelongsToTheRun_IsLeftOut()
    {
        using var source = new CancellationTokenSource();
        var options = new CnnOptions
        {
            Network = _ => nn.Linear(1, 1), Device = ComputeDevice.Cuda(1), ValidationSet = SomeView, Progress = new Progress<TrainingProgress>(),
            Cancellation = source.Token, Loader = new LoaderOptions { Threads = 3 },
        };
        Assert.Equal(ModelJson.ToNode(new CnnOptions()).ToJsonString(), ModelJson.ToNode(options).ToJsonString());
    }
}
