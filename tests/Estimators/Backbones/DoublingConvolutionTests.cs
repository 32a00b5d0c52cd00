using Fovea.Backbones;
using static TorchSharp.torch;

namespace Fovea.Tests.Backbones;

public class DoublingConvolutionTests
{
    [Fact]
    public void Forward_AgainstTheTransposedConvolution_IsTheSameWithItsGradients()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var ours = new DoublingConvolution(5, 3);
        manual_seed(3);
        var theirs = nn.ConvTranspose2d(5, 3, kernel_size: 2, stride: 2);
        Assert.Equal(theirs.state_dict().Keys, ours.state_dict().Keys);
        Assert.Equal(theirs.weight.data<float>().ToArray(), ours.get_parameter("weight")!.data<float>().ToArray());

        var x = randn(2, 5, 4, 6);
        var (a, b) = (x.clone().requires_grad_(), x.clone().requires_grad_());
        var (mine, wanted) = (ours.call(a), theirs.call(b));                // (2, 3, 8, 12)
        var slope = randn(2, 3, 8, 12);
        (mine * slope).sum().backward();
        (wanted * slope).sum().backward();

        AssertClose(wanted, mine);
        AssertClose(b.grad!, a.grad!);
        AssertClose(theirs.weight.grad!, ours.get_parameter("weight")!.grad!);
        AssertClose(theirs.bias!.grad!, ours.get_parameter("bias")!.grad!);
    }

    /// <summary>The same products are added up in another order.</summary>
    private static void AssertClose(Tensor wanted, Tensor got)
    {
        Assert.Equal(wanted.shape, got.shape);
        Assert.True(allclose(wanted, got, rtol: 1e-5, atol: 1e-5));
    }
}
