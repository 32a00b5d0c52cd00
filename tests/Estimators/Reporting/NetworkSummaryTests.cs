using System.Text.Json.Nodes;
using Fovea.Backbones;
using Fovea.Tests.Classification;
using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Reporting;

public class NetworkSummaryTests
{
    private readonly MLContext _ml = new(seed: 1);

    private NetworkSummary Letters() =>
        _ml.Vision.Summarize(new CnnOptions { Architecture = CnnArchitecture.Letters, Channels = ImageChannels.Grey }, classes: 26);

    private NetworkSummary ResNet(int depth, int size = 224) =>
        _ml.Vision.Summarize(new CnnOptions { Architecture = Enum.Parse<CnnArchitecture>($"ResNet{depth}"), ImageHeight = size, ImageWidth = size }, classes: 1000);

    [Fact]
    public void Letters_EveryLayer_IsAsCountedByHand()
    {
        var summary = Letters();
        // name, type, kernel, stride, output, filters, receptive field, parameters, MACs
        (string, string, long?, long?, string, long?, long?, long, long)[] wanted =
        [
            ("conv1", "Conv2d", 5, 1, "20x28x28", 20, 5, 20 * 25 + 20, 20L * 28 * 28 * 25),
            ("pool", "MaxPool2d", 2, 2, "20x14x14", null, 6, 0, 0),
            ("conv2", "Conv2d", 5, 1, "50x10x10", 50, 14, 50 * 20 * 25 + 50, 50L * 100 * 20 * 25),
            ("pool", "MaxPool2d", 2, 2, "50x5x5", null, 16, 0, 0),
            ("conv3", "Conv2d", 4, 1, "500x2x2", 500, 28, 500 * 50 * 16 + 500, 500L * 4 * 50 * 16),
            ("relu", "ReLU", null, null, "500x2x2", null, 28, 0, 0),
            ("conv4", "Conv2d", 2, 1, "26x1x1", 26, 32, 26 * 500 * 4 + 26, 26L * 500 * 4),
        ];
        Assert.Equal(wanted, summary.Layers.Select(l => (l.Name, l.Type, l.Kernel?.Height, l.Stride?.Width, string.Join('x', l.OutputSize), l.Filters, l.ReceptiveField, l.Parameters, l.Macs)));
        Assert.Equal(520 + 25_050 + 400_500 + 52_026, summary.Parameters);
        Assert.Equal(392_000 + 2_500_000 + 1_600_000 + 52_000, summary.Macs);
        Assert.Equal(4 * (15_680 + 3_920 + 5_000 + 1_250 + 2_000 + 2_000 + 26), summary.OutputBytes);
        Assert.Equal([1, 32, 32], summary.InputSize);
    }

    [Theory]
    [InlineData(18, 11_689_512, 1.814)]
    [InlineData(34, 21_797_672, 3.664)]
    [InlineData(50, 25_557_032, 4.089)]
    public void ResNet_ParametersAndMacs_AreTorchvisionsDocumentedOnes(int depth, long parameters, double gigaMacs)
    {
        var summary = ResNet(depth);
        Assert.Equal(parameters, summary.Parameters);
        Assert.Equal(parameters, summary.Layers.Sum(l => l.Parameters));
        Assert.Equal(4 * parameters, summary.ParameterBytes);
        Assert.Equal(gigaMacs, summary.Macs / 1e9, 0.0006); // documented with three decimals
    }

    [Theory]
    [InlineData(18)]
    [InlineData(50)]
    [InlineData(152)]
    public void ResNet_ReceptiveFieldOfEachStage_IsWhatPyTorchsGradientReaches(int depth)
    {
        var fields = JsonNode.Parse(File.ReadAllText(TestData.Reference("estimators/resnet.json")))!["receptiveFields"]![$"{depth}"]!;
        var layers = ResNet(depth, 64).Layers;
        foreach (var (stage, field) in fields.AsObject())
            Assert.Equal((long)field!, layers.Last(l => l.Name.StartsWith(stage, StringComparison.Ordinal) && l.Kernel is not null && !l.Name.Contains("downsample")).ReceptiveField);
        Assert.Null(layers.Single(l => l.Name == "avgpool").ReceptiveField);
        Assert.Null(layers.Single(l => l.Name == "fc").ReceptiveField);
    }

    [Fact]
    public void ResNet18_FirstLayers_RunInOrderUnderTheirKeys()
    {
        var layers = ResNet(18).Layers;
        Assert.Equal(["conv1", "bn1", "relu", "maxpool", "layer1.0.conv1", "layer1.0.bn1", "layer1.0.relu", "layer1.0.conv2", "layer1.0.bn2", "layer1.0.relu", "layer1.1.conv1"],
            layers.Take(11).Select(l => l.Name));
        var shortcut = layers.Single(l => l.Name == "layer2.0.downsample.0");
        Assert.Equal(((1, 1), (2, 2), (0, 0)), (shortcut.Kernel, shortcut.Stride, shortcut.Padding));
        Assert.Equal([128, 28, 28], shortcut.OutputSize);
        Assert.Equal(((7, 7), (2, 2), (3, 3)), (layers[0].Kernel, layers[0].Stride, layers[0].Padding));
        Assert.Equal([64, 112, 112], layers[0].OutputSize);
    }

    [Theory]
    [InlineData("Letters")]
    [InlineData("ResNet18")]
    public void ToString_Table_IsTheApprovedText(string name)
    {
        var table = (name == "Letters" ? Letters() : ResNet(18)).ToString().ReplaceLineEndings("\n");
        Assert.Equal(File.ReadAllText(Path.Combine(TestData.Root, "tests", "Estimators", "Reporting", "Approved", $"{name}.txt")), table);
    }

    [Fact]
    public void Summary_OfATrainedModel_LeavesWeightsModeAndScoresAsTheyAre()
    {
        using var model = _ml.Vision.Cnn(Drawings.Options with { Epochs = 1 }).Fit(Drawings.View(_ml, 12));
        var view = Drawings.View(_ml, 6);
        var before = model.Transform(view).GetColumn<float[]>("Score").ToArray();
        var live = Live.Tensors();
        var summary = model.Summary;
        Assert.Equal(live, Tensor.TotalCount);
        Assert.Equal([1, Drawings.Size, Drawings.Size], summary.InputSize);
        Assert.Equal(before, model.Transform(view).GetColumn<float[]>("Score"));
        Assert.Equal(summary.ToString(), model.Summary.ToString());
    }

    [Fact]
    public void Of_NetworkInTraining_StaysInTrainingAndBatchNormKeepsItsStatistics()
    {
        using var network = OwnNetworks.Normalized(new NetworkInput(1, 4, 4, 2, 0));
        network.train();
        // Two rows are needed to train batch norm; in prediction one is enough.
        var summary = NetworkSummary.Of(network, new NetworkInput(1, 4, 4, 2, 0), CPU);
        Assert.True(network.training);
        Assert.Equal(0, network.state_dict()["norm.num_batches_tracked"].item<long>());
        Assert.Equal(["hidden", "norm", "output"], summary.Layers.Select(l => l.Name));
    }

    [Fact]
    public void Of_PartsInDifferentModes_LeavesEachInItsOwn()
    {
        using var network = nn.Sequential(("a", nn.Dropout()), ("b", nn.Dropout()));
        network.train();
        var frozen = (Dropout)network.children().First();
        frozen.eval();
        NetworkSummary.Of(network, new NetworkInput(1, 2, 2, 2, 0), CPU);
        Assert.Equal((true, false, true), (network.training, frozen.training, network.children().Last().training));
    }

    [Fact]
    public void Of_OneLayer_IsOneLine()
    {
        using var network = nn.Linear(12, 5);
        var layer = NetworkSummary.Of(nn.Sequential(("flat", nn.Flatten()), ("line", network)), new NetworkInput(3, 2, 2, 5, 0), CPU).Layers[1];
        Assert.Equal(("line", "Linear", 5L, null, 65L, 60L), (layer.Name, layer.Type, layer.Filters, layer.ReceptiveField, layer.Parameters, layer.Macs));
    }

    [Fact]
    public void Of_LayerThatRunsTwice_CountsItsParametersOnce()
    {
        using var network = new Twice();
        var summary = NetworkSummary.Of(network, new NetworkInput(2, 5, 5, 2, 0), CPU);
        Assert.Equal([2 * 2 * 9 + 2, 0], summary.Layers.Select(l => l.Parameters));
        Assert.Equal([3L, 5L], summary.Layers.Select(l => l.ReceptiveField));
        Assert.Equal(38, summary.Parameters);
        Assert.Equal(2 * 2L * 25 * 2 * 9, summary.Macs);
    }

    [Fact]
    public void Of_DilatedGroupedAndUnevenConvolutions_FollowsTheFormulas()
    {
        using var network = nn.Sequential(
            ("depthwise", nn.Conv2d(4, 4, kernel_size: 3, padding: 2, dilation: 2, groups: 4)),
            ("uneven", nn.Conv2d(4, 6, kernel_size: (1, 3), stride: (1, 2), padding: (0, 1))),
            ("average", nn.AvgPool2d(2)),
            ("up", nn.ConvTranspose2d(6, 3, kernel_size: 2, stride: 2)));
        var layers = NetworkSummary.Of(network, new NetworkInput(4, 8, 8, 2, 0), CPU).Layers;
        Assert.Equal(["4x8x8", "6x8x4", "6x4x2", "3x8x4"], layers.Select(l => string.Join('x', l.OutputSize)));
        // Depthwise: one input map a filter. Transposed: every input value meets every weight of its filters.
        Assert.Equal([4 * 64 * 9, 6 * 32 * 4 * 3, 0, 6 * 8 * 3 * 4], layers.Select(l => l.Macs));
        Assert.Equal([4 * 9 + 4, 6 * 4 * 3 + 6, 0, 6 * 3 * 4 + 3], layers.Select(l => l.Parameters));
        Assert.Equal(5, layers[0].ReceptiveField); // (3 - 1) x 2 + 1
        Assert.Equal(((1, 3), (1, 2), (0, 1)), (layers[1].Kernel, layers[1].Stride, layers[1].Padding));
    }

    [Fact]
    public void Summarize_OneClass_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Vision.Summarize(new CnnOptions(), 1));

    [Fact]
    public void Summarize_OwnNetwork_IsAskedForIts()
    {
        var summary = _ml.Vision.Summarize(Drawings.Options with { Network = OwnNetworks.Normalized }, classes: 3);
        Assert.Equal(256 * 8 + 8 + 16 + 8 * 3 + 3, summary.Parameters);
    }

    private sealed class Twice : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d conv = nn.Conv2d(2, 2, kernel_size: 3, padding: 1);

        public Twice() : base(nameof(Twice)) => RegisterComponents();

        public override Tensor forward(Tensor x) => conv.call(conv.call(x));
    }
}
