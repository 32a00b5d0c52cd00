using System.Diagnostics;
using System.Globalization;
using Fovea.Data;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Fovea's side of a <see cref="StepBench"/>: for a line N on standard input it makes N steps and prints the seconds they took.</summary>
internal static class StepServer
{
    /// <param name="loader">Its epochs follow each other without end.</param>
    /// <param name="precision">For the line that says it is ready.</param>
    /// <param name="train">A step, in a dispose scope of its own.</param>
    public static void Serve(BatchLoader loader, Precision precision, Action<ImageBatch> train)
    {
        using var batches = Batches().GetEnumerator();
        Run(3);
        Console.WriteLine($"Fovea, {precision}, {get_num_threads()} threads");
        while (Console.ReadLine() is { } line)
        {
            var began = Stopwatch.GetTimestamp();
            Run(int.Parse(line, CultureInfo.InvariantCulture));
            Console.WriteLine(Stopwatch.GetElapsedTime(began).TotalSeconds.ToString(CultureInfo.InvariantCulture));
        }

        void Run(int steps)
        {
            for (; steps > 0 && batches.MoveNext(); steps--)
            {
                using var scope = NewDisposeScope();
                train(batches.Current);
            }
        }

        IEnumerable<ImageBatch> Batches()
        {
            for (var epoch = 0; ; epoch++)
                foreach (var batch in loader.Epoch(epoch))
                    yield return batch;
        }
    }
}
