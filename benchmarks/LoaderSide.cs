using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fovea.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Fovea's side of the loader's measurement: epochs of normalized batches, in a process of its own.</summary>
internal static class LoaderSide
{
    /// <param name="work">What is loaded.</param>
    /// <param name="folder">Where the images are.</param>
    /// <param name="cacheBytes">0: decoded anew in every epoch; -1: kept.</param>
    public static void Serve(LoaderWorkload work, string folder, long cacheBytes)
    {
        // As in the workers of PyTorch's DataLoader: the cores are the loader's, and LibTorch's threads would wait by spinning.
        set_num_threads(1);
        var set = ImageSet.Open(work.View(folder), "Image", work == LoaderWorkload.Fashion ? "Label" : null, work.Input, new LoaderOptions { CacheBytes = cacheBytes });
        using var normalizer = PixelNormalizer.Of(Normalization.PerChannel([0.5f], [0.5f]), work.Input);
        using var loader = new BatchLoader(set, work.Batch, seed: 1, shuffle: true, work.Augmentation);
        var epoch = 0;
        Epoch();
        Console.WriteLine($"{set.Count} images, {set.Store.Options.ThreadsToUse} threads");
        while (Console.ReadLine() is { } line)
        {
            if (line == "flat")
            {
                // The first collections give back what the start had needed.
                for (var i = 0; i < 5; i++)
                    Flat();
                Console.WriteLine(JsonSerializer.Serialize(Enumerable.Range(0, 20).Select(_ => Flat()).ToArray()));
                continue;
            }
            var began = Stopwatch.GetTimestamp();
            for (var i = int.Parse(line, CultureInfo.InvariantCulture); i > 0; i--)
                Epoch();
            Console.WriteLine(Stopwatch.GetElapsedTime(began).TotalSeconds.ToString(CultureInfo.InvariantCulture));
        }

        void Epoch()
        {
            foreach (var batch in loader.Epoch(epoch++))
                using (NewDisposeScope())
                    normalizer.Normalize(batch.Images);                                     // (N, C, H, W), float32
        }

        MemoryFigure Flat()
        {
            Epoch();
            var heap = GC.GetTotalMemory(forceFullCollection: true);
            return new(ProcessMemory.Resident(), heap, Tensor.TotalCount);
        }
    }
}
