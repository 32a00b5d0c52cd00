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
}
