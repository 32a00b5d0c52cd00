using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils;

namespace Fovea.Tests.Compat.Modules;

/// <summary>nn.utils: clipping of gradients, parameters as one vector.</summary>
public class GradientUtilitiesTests
{
    [Theory]
    [InlineData(2.0, 5.0)] // the root of 9 + 16
    [InlineData(1.0, 7.0)]
    [InlineData(double.PositiveInfinity, 4.0)]
    public void ClipGradNorm_AboveTheLimit_ScalesAllGradientsAlike(double norm, double total)
    {
        using var scope = NewDisposeScope();
        var parameters = WithGradients();
        Assert.Equal(total, clip_grad_norm_(parameters, 1.0, norm), 1e-6);
        Assert.Equal(3 / total, parameters[0].grad!.item<double>(), 1e-6);
        Assert.Equal(-4 / total, parameters[1].grad!.item<double>(), 1e-6);
    }

    [Fact]
    public void ClipGradNorm_BelowTheLimit_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        var parameters = WithGradients();
        clip_grad_norm_(parameters, 100.0);
        Assert.Equal(3.0, parameters[0].grad!.item<double>());
    }

    [Fact]
    public void ClipGradValue_BoundsEachValue()
    {
        using var scope = NewDisposeScope();
        var parameters = WithGradients();
        clip_grad_value_(parameters, 3.5);
        Assert.Equal(3.0, parameters[0].grad!.item<double>());
        Assert.Equal(-3.5, parameters[1].grad!.item<double>());
    }

    [Fact]
    public void ParametersToVector_AndBack_KeepsThem()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(3, 2);
        var vector = parameters_to_vector(layer.parameters()).detach();
        Assert.Equal([8L], vector.shape);
        vector_to_parameters(vector * 2, layer.parameters());
        Numbers.Equal(vector * 2, cat([layer.weight.view(-1), layer.bias!]), "doubled");
        Assert.True(layer.weight.is_leaf);
    }

    private static Parameter[] WithGradients()
    {
        Parameter One(double gradient)
        {
            var parameter = new Parameter(zeros(1, ScalarType.Float64));
            parameter.grad = tensor(new[] { gradient });
            return parameter;
        }

        return [One(3), One(-4), new Parameter(zeros(1, ScalarType.Float64))];
    }
}
