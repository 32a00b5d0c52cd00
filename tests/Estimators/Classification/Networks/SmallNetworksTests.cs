using Fovea.Backbones;
using Fovea.Tests.Backbones;
using static TorchSharp.torch;

namespace Fovea.Tests.Classification.Networks;

/// <summary>Against PyTorch twins with the same weights: tests/Reference/estimators/networks.py.</summary>
public class SmallNetworksTests
{
    private sealed record Case(string Architecture, int Channels, int Height, int Width, int Classes, double[][] Logits, double Loss,
        Dictionary<string, double[]> Gradients, Dictionary<string, double[]> Initial, double[] Losses)
    {
        public string Name => $"{Architecture} {Channels}x{Height}x{Width}";
    }

    private static readonly Case[] Cases = Expected.Read<Case[]>("networks.json");

    public static TheoryData<string> Names => [.. Cases.Select(c => c.Name)];

    // Without dropout: its random numbers are compared nowhere else than in the layer's own tests.
    private static nn.Module<Tensor, Tensor> Create(Case c) =>
        NetworkAttribute.Of(Enum.Parse<CnnArchitecture>(c.Architecture)).Create(new NetworkInput(c.Channels, c.Height, c.Width, c.Classes, 0));

    private static Tensor Labels(Case c) => arange(3, ScalarType.Int64).remainder(c.Classes);

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_WeightsOfTheFormula_GivesPyTorchsLogitsLossAndGradients(string name)
    {
        var wanted = Cases.Single(c => c.Name == name);
        using var scope = NewDisposeScope();
        using var network = Create(wanted);
        Formula.Fill(network);
        var logits = network.call(Formula.Images(3, wanted.Channels, wanted.Height, wanted.Width));
        var loss = nn.functional.cross_entropy(logits, Labels(wanted));
        loss.backward();
        // float32 sums of up to 3,200 products (fc1 of Cifar, conv3 of Letters) in another order.
        Expected.Same(wanted.Logits, logits, 1e-5);
        Assert.Equal(wanted.Loss, loss.item<float>(), 1e-5);
        Expected.Same(wanted.Gradients, network.named_parameters().Select(p => (p.name, p.parameter.grad!)), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_SeedZero_GivesPyTorchsWeightsAndLosses(string name)
    {
        var wanted = Cases.Single(c => c.Name == name);
        using var scope = NewDisposeScope();
        manual_seed(0);
        using var network = Create(wanted);
        // The generator gives the same bits; what follows from them is rounded by other vector instructions on another CPU.
        Expected.Same(wanted.Initial, network.named_parameters().Select(p => (p.name, (Tensor)p.parameter)), 1e-6);
        using var optimizer = optim.Adam(network.parameters(), 1e-3);
        var losses = Learning.FiveSteps(network, optimizer, Formula.Images(3, wanted.Channels, wanted.Height, wanted.Width), Labels(wanted));
        // PyTorch's own kernels (AVX512, AVX2, neither) differ by up to 3e-7.
        for (var i = 0; i < losses.Length; i++)
            Assert.Equal(wanted.Losses[i], losses[i], 1e-6);
    }

    [Theory]
    [InlineData(CnnArchitecture.Mlp, true)]
    [InlineData(CnnArchitecture.LeNet, true)]
    [InlineData(CnnArchitecture.Cifar, true)]
    [InlineData(CnnArchitecture.Perceptron, false)]
    [InlineData(CnnArchitecture.Letters, false)]
    public void Dropout_InTraining_ChangesTheLogitsWhereTheNetworkHasSome(CnnArchitecture architecture, bool has)
    {
        using var scope = NewDisposeScope();
        using var network = NetworkAttribute.Of(architecture).Create(new NetworkInput(1, 32, 32, 4, 0.5));
        var images = Formula.Images(2, 1, 32, 32);
        network.train();
        Assert.Equal(has, !network.call(images).equal(network.call(images)).all().item<bool>());
        network.eval();
        Assert.True(network.call(images).equal(network.call(images)).all().item<bool>());
    }
}
