using Fovea.Generation.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Generation;

public class SpectralNormTests
{
    [Fact]
    public void Forward_AfterManySteps_DividesByTheLargestSingularValue()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var norm = new SpectralNorm(6, 48);
        norm.to(ScalarType.Float64);
        var weight = GanReference.Input("weight", 2, 6, 3, 4, 4).requires_grad_();
        using (no_grad())
            for (var i = 0; i < 500; i++)
                norm.call(weight);
        var normed = norm.call(weight);
        (normed * GanReference.Input("slope", 2, 6, 3, 4, 4)).sum().backward();
        var expected = GanReference.Numbers.Spectral;
        // The iteration has come to its end in all digits but the last.
        Assert.Equal(expected.Norm, (weight.norm() / normed.norm()).item<double>(), 1e-9);
        GanReference.Close(expected.Gradient, weight.grad!, 1e-9);
    }

    [Fact]
    public void Forward_InEvaluation_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var norm = new SpectralNorm(3, 4);
        norm.eval();
        var before = norm.get_buffer("u")!.clone();
        norm.call(rand(3, 4));
        Assert.Equal(before.data<float>().ToArray(), norm.get_buffer("u")!.data<float>().ToArray());
    }

    [Fact]
    public void Forward_UsedTwiceBeforeTheBackwardPass_HasItsGradient()
    {
        using var scope = NewDisposeScope();
        using var norm = new SpectralNorm(3, 4);
        var weight = rand(3, 4).requires_grad_();
        (norm.call(weight).sum() + norm.call(weight).square().sum()).backward();
        Assert.True(weight.grad!.isfinite().all().item<bool>());
    }
}
