using static TorchSharp.torch;

namespace Fovea.Tests;

internal static class TensorAssert
{
    /// <summary>Same type, same shape, same bits.</summary>
    public static void Same(Tensor expected, Tensor actual, string? name = null)
    {
        Assert.Equal(expected.dtype, actual.dtype);
        Assert.Equal(expected.shape, actual.shape);
        using var scope = NewDisposeScope();
        Assert.True(expected.detach().cpu().contiguous().bytes.SequenceEqual(actual.detach().cpu().contiguous().bytes), $"{name ?? "The tensors"} differ");
    }

    /// <summary>Same shape, no value further from the wanted one than the tolerance; NaN is far from everything.</summary>
    public static void Close(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        using var scope = NewDisposeScope();
        var furthest = (expected - actual).abs().max().item<float>();
        Assert.True(furthest <= tolerance, $"The furthest value is off by {furthest:g3}; the tolerance is {tolerance:g3}");
    }
}
