using Fovea.Generation.Losses;
using static TorchSharp.torch;

namespace Fovea.Tests.Generation;

public class GradientPenaltyTests
{
    [Fact]
    public void Of_AConvolution_HasPyTorchsValueAndSecondDerivatives()
    {
        using var scope = NewDisposeScope();
        var conv = GanReference.Input("conv.weight", 1, 3, 2, 4, 4).requires_grad_();
        var bias = GanReference.Input("conv.bias", 1, 3);
        var linear = GanReference.Input("linear.weight", 1, 1, 48).requires_grad_();
        var loss = GradientPenalty.Of(
            x => nn.functional.linear(nn.functional.leaky_relu(nn.functional.conv2d(x, conv, bias, [2, 2], [1, 1]), 0.2).flatten(1), linear).squeeze(1),
            GanReference.Input("x", 2, 5, 2, 8, 8), GanReference.Input("g", 2, 5, 2, 8, 8), GanReference.Input("epsilon", 1, 5, 1, 1, 1) + 0.5);
        loss.backward();
        var expected = GanReference.Numbers.Penalty;
        // The 1e-12 under the root moves a norm of the order of 1 by half of that.
        Assert.Equal(expected.Loss, loss.item<double>(), 1e-10);
        GanReference.Close(expected.ConvWeight, conv.grad!, 1e-10);
        GanReference.Close(expected.LinearWeight, linear.grad!, 1e-10);
    }

    [Fact]
    public void Of_ALinearDiscriminator_IsCountedByHand()
    {
        using var scope = NewDisposeScope();
        // D(x) = 3 x0 + 4 x1: the gradient has length 5 everywhere.
        var weight = tensor(new[] { 3.0, 4.0 });
        var penalty = GradientPenalty.Of(x => (x.flatten(1) * weight).sum(1), rand(6, 1, 1, 2, ScalarType.Float64), rand(6, 1, 1, 2, ScalarType.Float64), rand(6, 1, 1, 1, ScalarType.Float64));
        Assert.Equal(16, penalty.item<double>(), 1e-9);
    }

    [Fact]
    public void Of_ADiscriminatorThatSaysTheSameOfAll_HasAFiniteGradient()
    {
        using var scope = NewDisposeScope();
        var weight = zeros(2, ScalarType.Float64).requires_grad_();
        GradientPenalty.Of(x => (x.flatten(1) * weight).sum(1), rand(6, 1, 1, 2, ScalarType.Float64), rand(6, 1, 1, 2, ScalarType.Float64), rand(6, 1, 1, 1, ScalarType.Float64)).backward();
        Assert.True(weight.grad!.isfinite().all().item<bool>());
    }
}
