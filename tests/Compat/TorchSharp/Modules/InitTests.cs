using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.init;

namespace Fovea.Tests.Compat.Modules;

/// <summary>Initial values from seed 0 against PyTorch (tests/Reference/torchsharp/init.py).</summary>
public class InitTests
{
    private static readonly ReferenceFile Reference = new("init");

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Cases = new()
    {
        ["uniform"] = t => uniform_(t, -2, 3),
        ["normal"] = t => normal_(t, 1, 0.5),
        ["xavier_uniform"] = t => xavier_uniform_(t, 1.5),
        ["kaiming_uniform"] = t => kaiming_uniform_(t, 0.3),
        ["kaiming_uniform_out"] = t => kaiming_uniform_(t, mode: FanInOut.FanOut, nonlinearity: NonlinearityType.ReLU),
        ["kaiming_normal"] = t => kaiming_normal_(t, mode: FanInOut.FanOut, nonlinearity: NonlinearityType.ReLU),
        ["kaiming_normal_tanh"] = t => kaiming_normal_(t, nonlinearity: NonlinearityType.Tanh),
        ["sparse"] = t => sparse_(t, 0.3),
        ["eye"] = eye_,
        ["dirac"] = dirac_,
    };

    public static TheoryData<string> Names => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Initializer_AfterSeed0_HasPyTorchsValues(string name)
    {
        using var scope = NewDisposeScope();
        var expected = Reference.Tensor(name);
        var weight = empty(expected.shape, ScalarType.Float64, requires_grad: true);
        manual_seed(0);

        var result = Cases[name](weight);

        Assert.Same(weight, result);
        Assert.True(weight.is_leaf && weight.requires_grad);
        // Logarithm, cosine and QR of float64 differ in the last digits between libraries.
        Numbers.Same(expected, weight, 1e-13, name);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(3.0)]
    public void XavierNormal_HasTheDeviationOfItsFans(double gain)
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        var weight = xavier_normal_(empty(100, 300), gain);
        // 30,000 values: the deviation is known to 0.4 %.
        Assert.Equal(gain * Math.Sqrt(2.0 / 400), weight.std().item<float>(), 0.02 * gain * Math.Sqrt(2.0 / 400));
    }

    [Theory]
    [InlineData(4, 12, 1.0)]
    [InlineData(12, 4, 2.0)]
    public void Orthogonal_HasOrthogonalRowsOrColumns(long rows, long columns, double gain)
    {
        using var scope = NewDisposeScope();
        var weight = orthogonal_(empty(rows, columns), gain);
        var products = rows < columns ? weight.matmul(weight.t()) : weight.t().matmul(weight);
        // Sums of 12 products in float32.
        Numbers.Same(eye(4) * (gain * gain), products, 2e-6, "products of rows or columns");
    }

    [Fact]
    public void Dirac_AsAConvolution_HandsTheImageThrough()
    {
        using var scope = NewDisposeScope();
        var image = randn(1, 3, 5, 4);
        var weight = dirac_(empty(3, 3, 3, 3));
        Numbers.Equal(image, nn.functional.conv2d(image, weight, padding: [1, 1]), "image");
    }

    [Theory]
    [InlineData(NonlinearityType.Linear, 0.0, 1.0)]
    [InlineData(NonlinearityType.Sigmoid, 0.0, 1.0)]
    [InlineData(NonlinearityType.Tanh, 0.0, 5.0 / 3)]
    [InlineData(NonlinearityType.ReLU, 0.0, 1.4142135623730951)]
    [InlineData(NonlinearityType.LeakyReLU, 0.5, 1.2649110640673518)]
    public void Gain_IsPyTorchs(NonlinearityType nonlinearity, double slope, double expected) =>
        Assert.Equal(expected, calculate_gain(nonlinearity, slope), 1e-15);

    [Fact]
    public void Fans_OfAConvolution_CountItsField()
    {
        using var scope = NewDisposeScope();
        Assert.Equal((4 * 15L, 6 * 15L), CalculateFanInAndFanOut(empty(6, 4, 3, 5)));
        Assert.Equal((4L, 6L), CalculateFanInAndFanOut(empty(6, 4)));
    }

    [Fact]
    public void Fans_OfAVector_Throw()
    {
        using var scope = NewDisposeScope();
        var vector = empty(6);
        Assert.Throws<ArgumentException>(() => CalculateFanInAndFanOut(vector));
    }
}
