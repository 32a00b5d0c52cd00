using Fovea.Data;
using TorchSharp;

namespace Fovea.Tests.Data;

/// <summary>What the loader holds, and gives back: threads, files, memory.</summary>
public class LoaderResourceTests
{
    private static readonly ImageSetColumns Masks = new("Image") { Mask = "Mask" };

    private static BatchLoader Loader(AnnotatedSamples view, LoaderOptions options) =>
        new(ImageSet.Open(view, Masks, ImageInput.Create(8, 10, 3), options), 4, seed: 2, shuffle: true, new Augmentation().Shift(1).Flip());

    /// <summary>Waits for a while until the system, too, has ended the threads that were joined.</summary>
    private static void NoLoaderThreadRuns() => Assert.True(SpinWait.SpinUntil(() => LoaderThreads().Length == 0, TimeSpan.FromSeconds(60)), string.Join(", ", LoaderThreads()));

    /// <summary>Names of this process's threads that are a loader's; none where the system does not say.</summary>
    private static string[] LoaderThreads() => !Directory.Exists("/proc/self/task") ? []
        : [.. Directory.GetDirectories("/proc/self/task").Select(Comm).Where(n => n.StartsWith("Fovea loader", StringComparison.Ordinal))];

    private static string Comm(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).Trim();
        }
        catch (IOException)
        {
            return ""; // it has ended meanwhile
        }
    }

    /// <summary>Files below a folder that this process has open.</summary>
    private static string[] OpenFiles(string folder) => !Directory.Exists("/proc/self/fd") ? []
        : [.. Directory.GetFiles("/proc/self/fd").Select(f => File.ResolveLinkTarget(f, returnFinalTarget: false)?.FullName ?? "").Where(t => t.StartsWith(folder, StringComparison.Ordinal))];

    public enum Way { ToTheEnd, Left, Cancelled }

    [Theory]
    [InlineData(Way.ToTheEnd, false)]
    [InlineData(Way.Left, false)]
    [InlineData(Way.Cancelled, false)]
    [InlineData(Way.Left, true)]
    [InlineData(Way.Cancelled, true)]
    public void Epoch_HoweverItEnds_LeavesNoThreadAndNoFileOpen(Way way, bool disk)
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(60, folder);
        var before = Live.Tensors();
        var options = new LoaderOptions { Threads = 3, CacheBytes = 0, DiskCache = disk ? folder.File("cache") : null };
        using (var set = ImageSet.Open(view, Masks, ImageInput.Create(8, 10, 3), options))
        using (var loader = new BatchLoader(set, 4))
        using (var cancellation = new CancellationTokenSource())
        {
            var seen = 0;
            try
            {
                foreach (var batch in loader.Epoch(0, cancellation.Token))
                    if (++seen == 3 && way == Way.Left)
                        break;
                    else if (seen == 3 && way == Way.Cancelled)
                        cancellation.Cancel();
            }
            catch (OperationCanceledException) when (way == Way.Cancelled)
            {
                // as asked
            }
            Assert.Equal(way == Way.ToTheEnd ? 15 : 3, seen);
            NoLoaderThreadRuns();
            Assert.DoesNotContain(OpenFiles(folder.Path), f => f.EndsWith("pm", StringComparison.Ordinal));
            foreach (var file in Directory.GetFiles(folder.Path))
            {
                File.Move(file, file + ".moved");
                using (File.Open(file + ".moved", FileMode.Open, FileAccess.ReadWrite, FileShare.None)) { }
                File.Delete(file + ".moved");
            }
        }
        Assert.Empty(OpenFiles(folder.Path));
        Assert.Equal(before, Live.Tensors());
    }

    [Fact]
    public void Epoch_CancelledWhileTheSetIsRead_StopsItsThreads()
    {
        using var cancellation = new CancellationTokenSource();
        var view = AnnotatedSamples.View(500, image: row =>
        {
            if (row == 100)
                cancellation.Cancel();
            return AnnotatedSamples.Image(row);
        });
        using var loader = Loader(view, new LoaderOptions { Threads = 3 });
        Assert.Throws<OperationCanceledException>(() => loader.Epoch(0, cancellation.Token).Count());
        NoLoaderThreadRuns();
        Assert.Equal(125, loader.Epoch(1).Count());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void Epoch_TwentyTimes_HoldsNoMoreMemory(long cache)
    {
        using var folder = new TempFolder();
        using var loader = Loader(AnnotatedSamples.View(200, folder), new LoaderOptions { Threads = 3, CacheBytes = cache });
        var (tensors, heap) = (new List<long>(), new List<long>());
        for (var epoch = 0; epoch < 20; epoch++)
        {
            foreach (var batch in loader.Epoch(epoch)) { }
            tensors.Add(Live.Tensors());
            // What other tests left is freed by finalizers in their own time, and would shrink the heap between two epochs.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            heap.Add(GC.GetTotalMemory(forceFullCollection: true));
        }
        Assert.Single(tensors.Distinct());
        // The first epochs compile code and fill pools; afterwards 5 % is the bound.
        Assert.InRange(heap.Skip(3).Max(), 0, heap.Skip(3).Min() * 1.05);
    }

    [Fact]
    public void Dispose_OfTheSet_ClosesTheDiskCache()
    {
        using var folder = new TempFolder();
        var set = ImageSet.Open(AnnotatedSamples.View(9, folder), Masks, ImageInput.Create(8, 10, 3), new LoaderOptions { CacheBytes = 0, DiskCache = folder.Path });
        using (var loader = new BatchLoader(set, 4))
            Assert.Equal(3, loader.Epoch(0).Count());
        set.Dispose();
        set.Dispose();
        Assert.Empty(OpenFiles(folder.Path));
    }
}
