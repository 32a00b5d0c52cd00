using Fovea.Generation.Networks;
using static TorchSharp.torch;

namespace Fovea.Tests.Generation;

public class UpConvolutionTests
{
    [Fact]
    public void Forward_AndGradients_AreThoseOfPyTorchsTransposedConvolution()
    {
        using var scope = NewDisposeScope();
        using var layer = new UpConvolution(3, 2, hasBias: true);
        var (weight, bias) = (layer.get_parameter("weight")!, layer.get_parameter("bias")!);
        using (no_grad())
        {
            weight.copy_(GanReference.Input("weight", 2, 3, 2, 4, 4));
            bias.copy_(GanReference.Input("bias", 2, 2));
        }
        var x = GanReference.Input("x", 2, 2, 3, 4, 5).to(ScalarType.Float32).requires_grad_();
        var y = layer.call(x);
        Assert.Equal([2, 2, 8, 10], y.shape);
        (y * GanReference.Input("slope", 2, 2, 2, 8, 10).to(ScalarType.Float32)).sum().backward();
        var expected = GanReference.Numbers.Up;
        // float32 against float64: sums of up to 80 products of the order of 1.
        GanReference.Close(expected.Y, y, 1e-5);
        GanReference.Close(expected.X, x.grad!, 1e-5);
        GanReference.Close(expected.Weight, weight.grad!, 1e-5);
        GanReference.Close(expected.Bias, bias.grad!, 1e-5);
    }
}
