using Fovea.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Training;

public class ParameterWatchTests
{
    [Fact]
    public void Of_KnownNumbers_CountsThem()
    {
        using var network = new Numbers(tensor(new[] { 0f, 1, 1, 2, 32, 63.5f, 64 }));
        var histogram = Assert.Single(ParameterWatch.Of(network));
        Assert.Equal("weight", histogram.Name);
        Assert.Null(histogram.Gradients);
        var values = histogram.Values!;
        Assert.Equal((0, 64, 163.5, 1 + 1 + 4 + 1024 + 63.5 * 63.5 + 4096), (values.Minimum, values.Maximum, values.Sum, values.SumOfSquares));
        // 64 ranges of width 1: the largest number belongs to the last.
        Assert.Equal(64, values.Counts.Count);
        Assert.Equal(new Dictionary<int, long> { [0] = 1, [1] = 2, [2] = 1, [32] = 1, [63] = 2 }, values.Counts.Index().Where(c => c.Item > 0).ToDictionary(c => c.Index, c => c.Item));
        Assert.Equal((1.0, 64.0), (values.EndOf(0), values.EndOf(63)));
    }

    [Fact]
    public void Of_AfterBackward_HasTheGradients()
    {
        using var network = new Numbers(tensor(new[] { 1f, 2, 3 }));
        using (NewDisposeScope())
            network.weight.square().sum().backward();
        var gradients = Assert.Single(ParameterWatch.Of(network)).Gradients!;
        Assert.Equal((2, 6, 12, 56), (gradients.Minimum, gradients.Maximum, gradients.Sum, gradients.SumOfSquares)); // 2, 4, 6
    }

    [Fact]
    public void Of_EqualAndNotFiniteNumbers_HaveAMeaning()
    {
        using var equal = new Numbers(full(5, 3f));
        Assert.Equal([5], Assert.Single(ParameterWatch.Of(equal)).Values!.Counts);
        using var some = new Numbers(tensor(new[] { float.NaN, 1f, float.PositiveInfinity, 2f }));
        Assert.Equal(2, Assert.Single(ParameterWatch.Of(some)).Values!.Counts.Sum());
        using var none = new Numbers(tensor(new[] { float.NaN }));
        Assert.Null(Assert.Single(ParameterWatch.Of(none)).Values);
        using var vast = new Numbers(tensor(new[] { float.MinValue, 0, float.MaxValue }));
        Assert.Equal(3, Assert.Single(ParameterWatch.Of(vast)).Values!.Counts.Sum());
    }

    [Fact]
    public void Of_AnyNetwork_LeavesNoTensors()
    {
        using var network = new Numbers(randn(100));
        var before = Live.Tensors();
        ParameterWatch.Of(network);
        Assert.Equal(before, Live.Tensors());
    }

    private sealed class Numbers : nn.Module
    {
        public readonly Parameter weight;

        public Numbers(Tensor values) : base(nameof(Numbers))
        {
            weight = new Parameter(values);
            RegisterComponents();
        }
    }
}
