using Fovea.Segmentation.Networks;
using static Fovea.Tests.Segmentation.Networks.Networks;

namespace Fovea.Tests.Segmentation.Networks;

public class NetworkKeysTests
{
    public static TheoryData<SegmentationArchitecture> Architectures => [.. Enum.GetValues<SegmentationArchitecture>()];

    // As torchvision documents them (num_params of its weights, 21 classes, with the second head).
    private static readonly Dictionary<SegmentationArchitecture, long> Documented = new()
    {
        [SegmentationArchitecture.FcnResNet50] = 35_322_218,
        [SegmentationArchitecture.FcnResNet101] = 54_314_346,
        [SegmentationArchitecture.DeepLabV3ResNet50] = 42_004_074,
        [SegmentationArchitecture.DeepLabV3ResNet101] = 60_996_202,
    };

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Create_EveryArchitecture_HasPyTorchsKeysShapesAndParameters(SegmentationArchitecture architecture)
    {
        var attribute = SegmentationNetworkAttribute.Of(architecture);
        using var network = attribute.Create(new(3, 21) { Auxiliary = attribute.HasAuxiliary });
        var keys = network.state_dict().Select(w => $"{w.Key} ({string.Join(", ", w.Value.shape)})");
        var approved = File.ReadAllLines(TestData.Reference($"estimators/keys/{architecture}.txt"));
        Assert.Equal(approved.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
        var parameters = network.named_parameters().ToList();
        if (Documented.TryGetValue(architecture, out var documented))
            Assert.Equal(documented, parameters.Sum(p => p.parameter.numel()));
        Assert.Equal(PyTorch.Parameters[$"{architecture}"], parameters.Where(p => !p.name.StartsWith("aux_", StringComparison.Ordinal)).Sum(p => p.parameter.numel()));
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(Networks))]
    public void Create_OtherClasses_ChangesTheLayersNamedOnly(SegmentationArchitecture architecture)
    {
        using var three = Small(architecture, 3, SegmentationNetworkAttribute.Of(architecture).HasAuxiliary);
        using var five = Small(architecture, 5, SegmentationNetworkAttribute.Of(architecture).HasAuxiliary);
        var others = five.state_dict();
        var changed = three.state_dict().Where(w => !w.Value.shape.AsSpan().SequenceEqual(others[w.Key].shape)).Select(w => w.Key).ToList();
        Assert.NotEmpty(changed);
        Assert.All(changed, key => Assert.Contains(three.ClassLayers, layer => key.StartsWith(layer, StringComparison.Ordinal)));
        Assert.All(others.Where(w => three.ClassLayers.Any(layer => w.Key.StartsWith(layer, StringComparison.Ordinal))), w => Assert.Equal(5, w.Value.shape[0]));
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(Networks))]
    public void Create_AuxiliaryAskedFor_IsThereWhereTheArchitectureHasOne(SegmentationArchitecture architecture)
    {
        var has = SegmentationNetworkAttribute.Of(architecture).HasAuxiliary;
        using var scope = TorchSharp.torch.NewDisposeScope();
        foreach (var asked in new[] { false, true })
        {
            using var network = Small(architecture, auxiliary: asked);
            Assert.Equal(has && asked, network.state_dict().Keys.Any(key => key.StartsWith("aux_classifier.", StringComparison.Ordinal)));
            Assert.Equal(has && asked, network.ForwardWithAuxiliary(TorchSharp.torch.zeros(1, 1, 64, 64)).Auxiliary is not null);
        }
    }

    [Fact]
    public void Of_NumberWithoutName_NamesWhatThereIs()
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => SegmentationNetworkAttribute.Of((SegmentationArchitecture)99));
        Assert.Contains("UNet, UNetResNet18", e.Message);
    }
}
