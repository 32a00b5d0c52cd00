using static TorchSharp.torch;

namespace Fovea.Tests;

internal static class TensorAssert
{
    /// <summary>Tensors that live, without those of earlier tests that wait for their finalizer.</summary>
    public static long LiveTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }

    /// <summary>Same type, same shape, same bits.</summary>
    public static void Same(Tensor expected, Tensor actual, string? name = null)
    {
        Assert.Equal(expected.dtype, actual.dtype);
        Assert.Equal(expected.shape, actual.shape);
        using var scope = NewDisposeScope();
        Assert.True(expected.detach().cpu().contiguous().bytes.SequenceEqual(actual.detach().cpu().contiguous().bytes), $"{name ?? "The tensors"} differ");
    }
}
