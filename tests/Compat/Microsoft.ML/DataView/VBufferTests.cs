using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.DataView;

public sealed class VBufferTests
{
    // 0 at every slot but 1 -> 10, 3 -> 30, 4 -> 40.
    private static VBuffer<int> Sparse => new(6, 3, [10, 30, 40], [1, 3, 4]);

    private static VBuffer<int> Dense => new(3, [7, 8, 9]);

    [Fact]
    public void Buffer_DenseValues_FillTheGaps()
    {
        Assert.Equal([0, 10, 0, 30, 40, 0], Sparse.DenseValues());
        Assert.Equal([7, 8, 9], Dense.DenseValues());
        Assert.False(Sparse.IsDense);
        Assert.True(Dense.IsDense);
        Assert.Equal([1, 3, 4], Sparse.GetIndices().ToArray());
        Assert.True(Dense.GetIndices().IsEmpty);
    }

    [Fact]
    public void Buffer_Items_AreTheExplicitOnesOrAll()
    {
        Assert.Equal([(1, 10), (3, 30), (4, 40)], Sparse.Items().Select(item => (item.Key, item.Value)));
        Assert.Equal([0, 1, 2, 3, 4, 5], Sparse.Items(all: true).Select(item => item.Key));
        Assert.Equal([(0, 7), (1, 8), (2, 9)], Dense.Items().Select(item => (item.Key, item.Value)));
    }

    [Fact]
    public void Buffer_GetItemOrDefault_FindsEachSlot()
    {
        Assert.Equal([0, 10, 0, 30, 40, 0], Enumerable.Range(0, 6).Select(Sparse.GetItemOrDefault));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sparse.GetItemOrDefault(6));
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(5, 1)]
    [InlineData(6, 0)]
    public void Buffer_CopyOfARange_HasItsSlots(int start, int length)
    {
        VBuffer<int> copy = default;

        Sparse.CopyTo(ref copy, start, length);

        Assert.Equal(Sparse.DenseValues().Skip(start).Take(length), copy.DenseValues());
    }

    [Fact]
    public void Buffer_Copies_DoNotShareMemory()
    {
        int[] values = [1, 2, 3];
        VBuffer<int> copy = default, dense = default;
        new VBuffer<int>(3, values).CopyTo(ref copy);
        Sparse.CopyToDense(ref dense);
        values[0] = 100;

        Assert.Equal([1, 2, 3], copy.DenseValues());
        Assert.True(dense.IsDense);
        Assert.Equal(Sparse.DenseValues(), dense.GetValues().ToArray());
    }

    [Fact]
    public void Buffer_CopyToSpan_ClearsTheGaps()
    {
        int[] target = [.. Enumerable.Repeat(5, 8)];

        Sparse.CopyTo(target, 1);

        Assert.Equal([5, 0, 10, 0, 30, 40, 0, 5], target);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sparse.CopyTo(new int[6], 1));
    }

    [Fact]
    public void Buffer_BadArguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<int>(3, [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<int>(3, 4, [1, 2, 3, 4], null));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<int>(3, 2, [1, 2], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<int>(-1, []));
    }

    [Fact]
    public void Editor_SameLength_ReusesTheArrays()
    {
        var buffer = new VBuffer<int>(3, [1, 2, 3]);

        var editor = VBufferEditor.Create(ref buffer, 2);
        editor.Values[0] = 50;
        var shorter = editor.Commit();
        var larger = VBufferEditor.Create(ref buffer, 100);

        Assert.False(editor.CreatedNewValues);
        Assert.Equal([50, 2], shorter.DenseValues());
        Assert.Equal([50, 2, 3], buffer.DenseValues());
        Assert.True(larger.CreatedNewValues);
        Assert.Equal(100, larger.Values.Length);
    }

    [Fact]
    public void Editor_FewerValuesThanSlots_MakesASparseBuffer()
    {
        VBuffer<float> buffer = default;
        var editor = VBufferEditor.Create(ref buffer, 10, 3);
        editor.Indices[0] = 2;
        editor.Values[0] = 1.5f;
        buffer = editor.CommitTruncated(1);

        Assert.Equal((10, 1), (buffer.Length, buffer.GetValues().Length));
        Assert.Equal(1.5f, buffer.GetItemOrDefault(2));
        Assert.Equal("Sparse vector of size 10, 1 explicit values", buffer.ToString());
    }

    [Fact]
    public void Editor_KeepOldOnResize_KeepsTheValues()
    {
        var buffer = new VBuffer<int>(3, [1, 2, 3]);

        var editor = VBufferEditor.Create(ref buffer, 50, keepOldOnResize: true);

        Assert.Equal([1, 2, 3], editor.Values[..3].ToArray());
    }
}
