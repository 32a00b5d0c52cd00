using Fovea.Autoencoding.Networks;
using Fovea.Tests.Backbones;
using static TorchSharp.torch;

namespace Fovea.Tests.Autoencoding;

public class AutoencoderNetworkTests
{
    public static TheoryData<string> Names => [.. PyTorchNumbers.All.Networks.Select(n => n.Name)];

    private static AutoencoderNetwork Build(PyTorchNumbers.Network twin) =>
        AutoencoderNetworkAttribute.Of(twin.Depth == 0 ? AutoencoderArchitecture.Dense : AutoencoderArchitecture.Convolutional).Create(new(twin.Channels, twin.Height, twin.Width, twin.Latent)
        {
            IsVariational = twin.Variational,
            HiddenWidths = twin.Hidden,
            Convolutional = new() { Depth = Math.Max(1, twin.Depth), Width = Math.Max(2, twin.Maps), BatchNorm = twin.BatchNorm, Upsampling = twin.Bilinear ? AutoencoderUpsampling.Bilinear : AutoencoderUpsampling.TransposedConvolution },
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void Network_WithTheFormulasWeights_AgreesWithItsTwin(string name)
    {
        var twin = PyTorchNumbers.All.Networks.Single(n => n.Name == name);
        using var scope = NewDisposeScope();
        using var network = Build(twin);
        Assert.Equal(twin.Keys.Select(k => $"{k.Key} ({string.Join(", ", k.Value)})").Order(StringComparer.Ordinal),
            network.state_dict().Select(w => $"{w.Key} ({string.Join(", ", w.Value.shape)})").Order(StringComparer.Ordinal));
        Formula.Fill(network);
        network.eval();
        var x = Formula.Images(2, twin.Channels, twin.Height, twin.Width).clamp(0, 1);
        var (mean, logVariance) = network.Encode(x);
        Close(twin.Mean, mean);
        Assert.Equal(twin.Variational, logVariance is not null);
        if (logVariance is not null)
            Close(twin.LogVariance, logVariance);
        var logits = network.call(x);
        Assert.Equal([2L, twin.Channels, twin.Height, twin.Width], logits.shape);
        CloseProbe(twin.Logits, Formula.Probe("logits", logits), "logits");

        network.train();
        var (m, v) = network.Encode(x);
        var z = v is null ? m : m + (v * 0.5).exp() * 0.3;
        nn.functional.binary_cross_entropy_with_logits(network.Decode(z), x, reduction: nn.Reduction.Sum).backward();
        foreach (var (key, parameter) in network.named_parameters())
            CloseProbe(twin.Gradients[key], Formula.Probe(key, parameter.grad!), key);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 9)]
    [InlineData(17, 31)]
    public void Convolutional_AnySize_ComesBackAtThatSize(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var network = AutoencoderNetworkAttribute.Of(AutoencoderArchitecture.Convolutional).Create(new(3, height, width, 4) { HiddenWidths = [], Convolutional = new() { Depth = 3, Width = 3 } });
        network.eval();
        Assert.Equal([2L, 3, height, width], network.call(rand(2, 3, height, width)).shape);
    }

    [Fact]
    public void Convolutional_ChannelsLastInput_GivesTheSame()
    {
        using var scope = NewDisposeScope();
        using var network = AutoencoderNetworkAttribute.Of(AutoencoderArchitecture.Convolutional).Create(new(3, 16, 16, 4) { HiddenWidths = [8], Convolutional = new() { Depth = 2, Width = 4 } });
        network.eval();
        var x = rand(2, 3, 16, 16);
        var channelsLast = x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        TensorAssert.Close(network.call(x), network.call(channelsLast), 1e-5); // another order of float32 sums
    }

    [Fact]
    public void Encode_AnotherSize_SaysBoth()
    {
        using var scope = NewDisposeScope();
        using var network = AutoencoderNetworkAttribute.Of(AutoencoderArchitecture.Dense).Create(new(1, 4, 5, 2));
        Assert.Contains("(N, 1, 4, 5); got (1, 1, 5, 4)", Assert.Throws<ArgumentException>(() => network.Encode(zeros(1, 1, 5, 4))).Message);
        Assert.Contains("(N, 2); got (1, 3)", Assert.Throws<ArgumentException>(() => network.Decode(zeros(1, 3))).Message);
    }

    // float32 through at most ten layers.
    private static void Close(double[] expected, Tensor actual)
    {
        var values = actual.detach().contiguous().data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.Equal(expected[i], values[i], 1e-4);
    }

    private static void CloseProbe(double[] expected, (double Norm, double Product) actual, string name)
    {
        // Relative to the norm: float32 sums in another order. What batch norm makes zero, the gradients of biases before it, is the rounding
        // alone of some hundred terms of about 10, with another last digit for each number of threads.
        var tolerance = 1e-4 * Math.Max(expected[0], 10);
        Assert.True(Math.Abs(expected[0] - actual.Norm) <= tolerance && Math.Abs(expected[1] - actual.Product) <= tolerance, $"{name}: {actual} instead of ({expected[0]}, {expected[1]})");
    }
}
