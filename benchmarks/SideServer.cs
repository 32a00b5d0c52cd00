using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fovea.Data;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>
/// Fovea's half of a <see cref="SideProcess"/>: for a line N on standard input it makes N runs and prints the seconds they took, and
/// for the line <c>allocated</c> the managed bytes of a run.
/// </summary>
internal static class SideServer
{
    /// <param name="ready">What it says when it is.</param>
    /// <param name="run">What is measured.</param>
    /// <param name="asked">A line that is a question instead, and its answer, which is printed as JSON.</param>
    public static void Serve(string ready, Action run, (string Question, Func<object> Answer)? asked = null)
    {
        run();
        Console.WriteLine(ready);
        while (Console.ReadLine() is { } line)
        {
            if (line == asked?.Question)
            {
                Console.WriteLine(JsonSerializer.Serialize(asked.Value.Answer()));
                continue;
            }
            if (line == "allocated")
            {
                Console.WriteLine(Allocated(run).ToString(CultureInfo.InvariantCulture));
                continue;
            }
            var began = Stopwatch.GetTimestamp();
            for (var i = int.Parse(line, CultureInfo.InvariantCulture); i > 0; i--)
                run();
            Console.WriteLine(Stopwatch.GetElapsedTime(began).TotalSeconds.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <returns>Managed bytes that a run allocates on this thread: the mean of ten, after ten that have compiled and filled what is kept.</returns>
    private static double Allocated(Action run)
    {
        for (var i = 0; i < 10; i++)
            run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
            run();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 10.0;
    }

    /// <summary>Training steps on what a loader gives.</summary>
    /// <param name="loader">Its epochs follow each other without end.</param>
    /// <param name="precision">For the line that says it is ready.</param>
    /// <param name="train">A step, in a dispose scope of its own.</param>
    public static void ServeSteps(BatchLoader loader, Precision precision, Action<ImageBatch> train)
    {
        using var batches = Batches().GetEnumerator();
        Serve(Ready(precision), () =>
        {
            batches.MoveNext();
            using var scope = NewDisposeScope();
            train(batches.Current);
        });

        IEnumerable<ImageBatch> Batches()
        {
            for (var epoch = 0; ; epoch++)
                foreach (var batch in loader.Epoch(epoch))
                    yield return batch;
        }
    }

    public static string Ready(Precision precision) => $"Fovea, {precision}, {get_num_threads()} threads";
}
