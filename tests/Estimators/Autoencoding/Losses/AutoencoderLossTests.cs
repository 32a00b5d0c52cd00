using Fovea.Autoencoding.Losses;
using Fovea.Tests.Backbones;
using static TorchSharp.torch;

namespace Fovea.Tests.Autoencoding;

public class AutoencoderLossTests
{
    private const int N = 3, Z = 6, K = 4;

    private static Tensor Unit(string name, double scale, double shift, params long[] shape) =>
        tensor(Array.ConvertAll(Formula.Noise(name, shape.Aggregate((a, b) => a * b)), u => (u + 0.5 - shift) * scale), shape);

    private static Tensor Logits => Unit("logits", 6, 0.5, N, 2, 4, 5).requires_grad_(true);

    private static Tensor Target => Unit("target", 1, 0, N, 2, 4, 5);

    private static Tensor Mean => Unit("mean", 3, 0.5, N, Z).requires_grad_(true);

    private static Tensor LogVariance => Unit("logvar", 2, 0.5, N, Z).requires_grad_(true);

    private static Tensor Noise => Unit("noise", 2, 0.5, K, N, Z);

    [Theory]
    [InlineData("bernoulli", PixelLikelihood.Bernoulli)]
    [InlineData("gaussian", PixelLikelihood.Gaussian)]
    public void PerImage_AgreesWithPyTorch(string name, PixelLikelihood likelihood)
    {
        using var scope = NewDisposeScope();
        var logits = Logits;
        Agrees(name, ReconstructionLoss.PerImage(logits, Target, likelihood, 0.1), logits);
    }

    [Fact]
    public void Divergence_AgreesWithPyTorch()
    {
        using var scope = NewDisposeScope();
        var (mean, logVariance) = (Mean, LogVariance);
        Agrees("divergence", NormalCode.Divergence(mean, logVariance), mean, logVariance);
    }

    [Fact]
    public void Sample_AgreesWithPyTorch()
    {
        using var scope = NewDisposeScope();
        var (mean, logVariance) = (Mean, LogVariance);
        Agrees("sample", NormalCode.Sample(mean, logVariance, Noise), mean, logVariance);
    }

    [Fact]
    public void LogWeight_AgreesWithPyTorchsDistributions()
    {
        using var scope = NewDisposeScope();
        var (mean, logVariance, noise) = (Mean, LogVariance, Noise);
        Agrees("weight", NormalCode.LogWeight(Unit("nll", 5, 0, K, N), NormalCode.Sample(mean, logVariance, noise), noise, logVariance), mean, logVariance);
    }

    [Fact]
    public void Divergence_OfThePrior_IsZero()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0f, 0f], NormalCode.Divergence(zeros(2, 5), zeros(2, 5)).data<float>().ToArray());
    }

    [Fact]
    public void Divergence_CountedByHand()
    {
        using var scope = NewDisposeScope();
        // μ = 2, σ² = 4: ½ (4 + 4 − 1 − ln 4).
        Assert.Equal(0.5 * (7 - Math.Log(4)), NormalCode.Divergence(tensor(new[] { 2.0 }, [1, 1]), tensor(new[] { Math.Log(4) }, [1, 1])).item<double>(), 1e-12); // float64
    }

    [Fact]
    public void Sample_OfManyNoises_HasTheVariance()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        // σ² = 9: with the lecture notes' μ + σ²·ε it would be 81.
        var z = NormalCode.Sample(full([1, 1], 5.0), full([1, 1], Math.Log(9)), randn(20000, 1, 1, ScalarType.Float64));
        Assert.Equal(5, z.mean().item<double>(), 0.1); // 3 / √20000 is 0.02
        Assert.Equal(9, z.var().item<double>(), 0.5);  // 9 √(2 / 20000) is 0.09
    }

    private static void Agrees(string name, Tensor values, params Tensor[] wanted)
    {
        var expected = PyTorchNumbers.All.Losses[name];
        Close(expected.Values, values);
        var gradients = autograd.grad([values.sum()], wanted);
        for (var i = 0; i < wanted.Length; i++)
            Close(expected.Gradients[i], gradients[i]);
    }

    // Both in float64; sums in another order.
    private static void Close(double[] expected, Tensor actual)
    {
        var values = actual.detach().contiguous().data<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.Equal(expected[i], values[i], 1e-9 * Math.Max(1, Math.Abs(expected[i])));
    }
}
