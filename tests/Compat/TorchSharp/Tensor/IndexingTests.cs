using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Compat;

/// <summary>Indices beyond the numbers of the reference file: views, writing and errors.</summary>
public sealed class IndexingTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Index_ByNumbersAndSlices_IsAView()
    {
        var grid = zeros(3, 4);
        grid[1].fill_(2);
        grid[TensorIndex.Colon, 3..].fill_(5);

        Assert.Equal([0f, 0, 0, 5, 2, 2, 2, 5, 0, 0, 0, 5], grid.data<float>().ToArray());
    }

    [Fact]
    public void Index_ByTensor_IsACopy()
    {
        var row = arange(4);
        row[tensor(new long[] { 1, 2 })].fill_(9);

        Assert.Equal([0L, 1, 2, 3], row.data<long>().ToArray());
    }

    [Fact]
    public void Index_FromTheEnd_Counts()
    {
        var row = arange(5);

        Assert.Equal(4, row[TensorIndex.Single(-1)].ToInt64());
        Assert.Equal(3, row[^2].ToInt64());
        Assert.Equal([2L, 3], row[2..^1, TensorIndex.Ellipsis].data<long>().ToArray());
        Assert.Equal([1L, 2, 3, 4], row[TensorIndex.Slice((1, null))].data<long>().ToArray());
    }

    [Fact]
    public void Index_ByZeroDimensionalTensor_SelectsOne() => Assert.Equal(2, arange(5)[tensor(2L)].ToInt64());

    [Fact]
    public void Index_ByFalse_IsEmpty() => Assert.Equal([0, 3], zeros(3)[TensorIndex.Bool(false)].shape);

    [Fact]
    public void Index_OutOfRange_FailsWithLibTorchsMessage()
    {
        var error = Assert.ThrowsAny<ExternalException>(() => arange(3)[3]);

        Assert.Contains("range", error.Message);
    }

    [Fact]
    public void Index_WithTooManyDimensions_Fails() => Assert.ThrowsAny<ExternalException>(() => arange(3)[0, 0]);

    [Fact]
    public void Assignment_OfNumber_FillsThePart()
    {
        var grid = zeros(2, 2);
        grid[0] = 3f;
        grid[1, 1] = 4f;

        Assert.Equal([3f, 3, 0, 4], grid.data<float>().ToArray());
    }

    [Fact]
    public void Assignment_WithMask_WritesWhereTrue()
    {
        var row = arange(5).to(ScalarType.Float32);
        row[row > 2] = tensor(-1f);

        Assert.Equal([0f, 1, 2, -1, -1], row.data<float>().ToArray());
    }

    [Fact]
    public void Assignment_OfOneRow_IsBroadcast()
    {
        var grid = zeros(3, 2);
        grid[1..] = tensor(new float[] { 7, 8 });

        Assert.Equal([0f, 0, 7, 8, 7, 8], grid.data<float>().ToArray());
    }

    [Fact]
    public void Assignment_ToRequiringGradient_IsRecorded()
    {
        var values = ones(3, requires_grad: true);
        var copy = values * 2;
        copy[1] = zeros(1).squeeze();
        copy.sum().backward();

        Assert.Equal([2f, 0, 2], values.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Slice_WithStepZero_IsRefused() => Assert.Throws<ArgumentException>(() => arange(4).slice(0, 0, 4, 0));

    [Fact]
    public void Where_OfCondition_GivesIndices()
    {
        var indices = where(tensor(new[,] { { false, true }, { true, false } }));

        Assert.Equal([0L, 1], indices[0].data<long>().ToArray());
        Assert.Equal([1L, 0], indices[1].data<long>().ToArray());
    }

    [Fact]
    public void Where_WithNumbersAsCondition_IsRefused() => Assert.Throws<ArgumentException>(() => ones(2).where(ones(2), ones(2)));
}
