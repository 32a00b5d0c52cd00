using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Compat;

/// <summary>Autograd: modes, accumulation and several tensors at once.</summary>
public sealed class GradientTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Backward_Twice_Accumulates()
    {
        var x = tensor(new float[] { 1, 2 }, requires_grad: true);
        Assert.Null(x.grad);
        (x * x).sum().backward();
        (x * x).sum().backward();

        Assert.Equal([4f, 8], x.grad!.data<float>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Backward_OfSeveralElements_NeedsAGradient()
    {
        var x = ones(2, requires_grad: true);
        Assert.ThrowsAny<ExternalException>(() => (x * 2).backward());
        (x * 2).backward([tensor(new float[] { 1, 10 })]);

        Assert.Equal([2f, 20], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Backward_ToInputs_TouchesOnlyThem()
    {
        var x = ones(2, requires_grad: true);
        var y = ones(2, requires_grad: true);
        autograd.backward((x * y).sum(), (IList<Tensor>?)null, inputs: [x]);

        Assert.Equal([1f, 1], x.grad!.data<float>().ToArray());
        Assert.Null(y.grad);
    }

    [Fact]
    public void Grad_OfTwoInputs_AccumulatesNothing()
    {
        var x = tensor(3f, requires_grad: true);
        var y = tensor(4f, requires_grad: true);
        var gradients = autograd.grad([x * x * y], [x, y]);

        Assert.Equal(24f, gradients[0].item<float>());
        Assert.Equal(9f, gradients[1].item<float>());
        Assert.Null(x.grad);
    }

    [Fact]
    public void Grad_WithGraph_GivesSecondDerivatives()
    {
        var x = tensor(2.0, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        var second = autograd.grad([first], [x])[0];

        Assert.Equal(12.0, first.item<double>());
        Assert.Equal(12.0, second.item<double>());
    }

    [SkippableFact]
    public void Grad_OfUnusedInput_IsAnError()
    {
        Skip.If(Package.IsUsed, "TorchSharp 0.106.0 lets this C++ exception end the process");
        var x = ones(1, requires_grad: true);

        Assert.ThrowsAny<ExternalException>(() => autograd.grad([x * 2], [ones(1, requires_grad: true)]));
    }

    [Fact]
    public void Grad_OfUnusedInput_WhereAllowed_IsInvalid()
    {
        var x = ones(1, requires_grad: true);
        var unused = ones(1, requires_grad: true);
        var gradients = autograd.grad([x * 2], [x, unused], allow_unused: true);

        Assert.Equal(2f, gradients[0].item<float>());
        Assert.True(gradients[1].IsInvalid);
    }

    [Fact]
    public void NoGrad_InsideScope_RecordsNothing()
    {
        var x = ones(2, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
                Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void InferenceMode_InsideScope_IsOn()
    {
        var x = ones(2, requires_grad: true);
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }

        Assert.False(is_inference_mode_enabled());
    }

    [Fact]
    public void GradMode_BelongsToItsThread()
    {
        using var off = no_grad();
        var elsewhere = false;
        var thread = new Thread(() => elsewhere = is_grad_enabled());
        thread.Start();
        thread.Join();

        Assert.True(elsewhere);
    }

    [Fact]
    public void RetainGrad_OfIntermediate_KeepsItsGradient()
    {
        var x = ones(2, requires_grad: true);
        var y = x * 3;
        y.retain_grad();
        (y * y).sum().backward();

        Assert.False(y.is_leaf);
        Assert.Equal([6f, 6], y.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Detach_SharesMemoryWithoutHistory()
    {
        var x = ones(2, requires_grad: true);
        var detached = (x * 2).detach();

        Assert.False(detached.requires_grad);
        Assert.True(detached.is_leaf);
    }

    [Fact]
    public void RequiresGrad_OfIntegers_IsRefused() => Assert.ThrowsAny<ExternalException>(() => arange(3).requires_grad_());

    [Fact]
    public void DetectAnomaly_OnNaN_Fails()
    {
        using var anomaly = autograd.detect_anomaly();
        Assert.True(AnomalyMode.IsEnabled);
        var x = zeros(1, requires_grad: true);

        Assert.ThrowsAny<ExternalException>(() => (x.sqrt() * 0).sum().backward());
    }
}
