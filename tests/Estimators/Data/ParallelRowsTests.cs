using System.Collections.Concurrent;
using Fovea.Data;

namespace Fovea.Tests.Data;

public class ParallelRowsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    public void Run_Rows_ReadsInOrderOnTheCallersThreadAndLooksAtEachOnce(int rows)
    {
        var (caller, next, made) = (Environment.CurrentManagedThreadId, 0, 0);
        var looked = new ConcurrentBag<int>();
        var count = ParallelRows.Run(() => { made++; return new int[1]; }, row =>
        {
            Assert.Equal(caller, Environment.CurrentManagedThreadId);
            row[0] = next;
            return next++ < rows;
        }, row => looked.Add(row[0]));
        Assert.Equal(rows, count);
        Assert.Equal(Enumerable.Range(0, rows), looked.Order());
        Assert.InRange(made, 1, 2 * Environment.ProcessorCount);
    }

    [Fact]
    public void Run_SeveralRowsFail_ThrowsTheFirstRowsError()
    {
        var next = 0;
        var error = Assert.Throws<InvalidDataException>(() => ParallelRows.Run(() => new int[1], row =>
        {
            row[0] = next++;
            return row[0] switch
            {
                0 => true,
                1 => throw new InvalidDataException("row 1"),
                _ => throw new InvalidOperationException("Rows are read on after one that cannot be."),
            };
        }, row => throw new InvalidDataException($"row {row[0]}")));
        Assert.Equal("row 0", error.Message);
    }
}
