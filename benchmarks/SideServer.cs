using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fovea.Data;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Fovea's half of a <see cref="SideProcess"/>: for a line N on standard input it makes N runs and prints the seconds they took.</summary>
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
            var began = Stopwatch.GetTimestamp();
            for (var i = int.Parse(line, CultureInfo.InvariantCulture); i > 0; i--)
                run();
            Console.WriteLine(Stopwatch.GetElapsedTime(began).TotalSeconds.ToString(CultureInfo.InvariantCulture));
        }
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
