using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Fovea.Data;

/// <summary>
/// Looks at the rows of a view on all cores. The cursor stays on the caller's thread, since to move it may mean to predict, and
/// LibTorch keeps a team of threads for each thread that calls it.
/// </summary>
internal static class ParallelRows
{
    /// <summary>Looks at rows until there are no more. Of those that fail, the first row's error is thrown, whichever came first.</summary>
    /// <typeparam name="TRow">What a row is read into; it is used for many.</typeparam>
    /// <param name="create">Makes one; there are at most two for each core.</param>
    /// <param name="read">Reads the next row, on the caller's thread; false where there is none.</param>
    /// <param name="look">Looks at a row, on any thread, at several rows at a time.</param>
    /// <returns>How many rows there were.</returns>
    public static long Run<TRow>(Func<TRow> create, Func<TRow, bool> read, Action<TRow> look)
        where TRow : class
    {
        var (idle, looking, failures) = (new ConcurrentStack<TRow>(), new List<Task>(), new ConcurrentBag<(long Number, Exception Error)>());
        var mostWaiting = 2 * (Environment.ProcessorCount - 1);
        var rows = 0L;
        for (; failures.IsEmpty; rows++)
        {
            var number = rows;
            var row = idle.TryPop(out var used) ? used : create();
            try
            {
                if (!read(row))
                    break;
            }
            catch (Exception e)
            {
                failures.Add((number, e));
                break;
            }
            looking.RemoveAll(t => t.IsCompleted);
            // While the others have enough to do, the caller takes its turn.
            if (looking.Count < mostWaiting)
                looking.Add(Task.Run(() => Look(row, number)));
            else
                Look(row, number);
        }
        Task.WaitAll(looking);
        if (!failures.IsEmpty)
            ExceptionDispatchInfo.Throw(failures.MinBy(f => f.Number).Error);
        return rows;

        void Look(TRow row, long number)
        {
            try
            {
                look(row);
                idle.Push(row);
            }
            catch (Exception e)
            {
                failures.Add((number, e));
            }
        }
    }
}
