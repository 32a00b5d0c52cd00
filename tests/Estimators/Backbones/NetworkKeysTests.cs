using Fovea.Backbones;

namespace Fovea.Tests.Backbones;

public class NetworkKeysTests
{
    public static TheoryData<CnnArchitecture> Architectures => [.. Enum.GetValues<CnnArchitecture>()];

    // As torchvision documents them (num_params of its weights for 1,000 classes).
    private static readonly Dictionary<CnnArchitecture, long> Counts = new()
    {
        [CnnArchitecture.ResNet18] = 11_689_512,
        [CnnArchitecture.ResNet34] = 21_797_672,
        [CnnArchitecture.ResNet50] = 25_557_032,
        [CnnArchitecture.ResNet101] = 44_549_160,
        [CnnArchitecture.ResNet152] = 60_192_808,
    };

    // The input each approved text was made with; ResNets by torchvision, the others by their twins in networks.py.
    private static NetworkInput Input(CnnArchitecture architecture) => architecture switch
    {
        CnnArchitecture.Perceptron or CnnArchitecture.Mlp => new(1, 28, 28, 10, 0.5),
        CnnArchitecture.Letters => new(1, 32, 32, 26, 0.5),
        CnnArchitecture.LeNet => new(1, 32, 32, 10, 0.5),
        CnnArchitecture.Cifar => new(3, 32, 32, 10, 0.5),
        _ => new(3, 224, 224, 1000, 0.5),
    };

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Create_EveryArchitecture_HasPyTorchsKeysShapesAndParameters(CnnArchitecture architecture)
    {
        using var network = NetworkAttribute.Of(architecture).Create(Input(architecture));
        var keys = network.state_dict().Select(w => $"{w.Key} ({string.Join(", ", w.Value.shape)})");
        var approved = File.ReadAllLines(TestData.Reference($"estimators/keys/{architecture}.txt"));
        Assert.Equal(approved.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
        if (Counts.TryGetValue(architecture, out var count))
            Assert.Equal(count, network.parameters().Sum(p => p.numel()));
    }

    // One ResNet of each kind of block stands for all: they differ in the number of blocks.
    public static TheoryData<CnnArchitecture> Kinds => [.. Enum.GetValues<CnnArchitecture>().Except([CnnArchitecture.ResNet34, CnnArchitecture.ResNet101, CnnArchitecture.ResNet152])];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Create_EveryArchitecture_EndsWithTheLayerOfTheClasses(CnnArchitecture architecture)
    {
        using var network = NetworkAttribute.Of(architecture).Create(Input(architecture) with { Classes = 7 });
        // Initial weights take the last parameter's layer for the one that depends on the classes.
        var (name, last) = network.named_parameters().Last();
        Assert.EndsWith(".bias", name);
        Assert.Equal([7L], last.shape);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Create_SmallestAndOddSizes_GiveOneLogitAClass(CnnArchitecture architecture)
    {
        var attribute = NetworkAttribute.Of(architecture);
        foreach (var (height, width) in new[] { (attribute.MinimumSize, attribute.MinimumSize), (attribute.MinimumSize + 1, attribute.MinimumSize + 6) })
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            using var frozen = TorchSharp.torch.no_grad();
            using var network = attribute.Create(new NetworkInput(1, height, width, 3, 0.5));
            network.eval();
            Assert.Equal([2, 3], network.call(Formula.Images(2, 1, height, width)).shape);
        }
    }

    [Fact]
    public void Of_NumberWithoutName_NamesWhatThereIs()
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => NetworkAttribute.Of((CnnArchitecture)99));
        Assert.Contains("Perceptron, Mlp, Letters", e.Message);
    }
}
