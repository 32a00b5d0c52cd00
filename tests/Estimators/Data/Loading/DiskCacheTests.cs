using Fovea.Data;
using Fovea.Tests.Storage;

namespace Fovea.Tests.Data;

public class DiskCacheTests
{
    private const int Rows = 12;

    private static readonly ImageSetColumns Masks = new("Image") { Mask = "Mask" };

    private static LoaderOptions Options(TempFolder folder, bool keep = false, long limit = -1, long memory = 0, OnCorrupt corrupt = OnCorrupt.Error) => new()
    {
        Threads = 2,
        CacheBytes = memory,
        DiskCache = Path.Combine(folder.Path, "cache"),
        DiskCacheBytes = limit,
        KeepDiskCache = keep,
        OnCorrupt = corrupt,
    };

    private static ImageSet Open(AnnotatedSamples view, LoaderOptions options, int height = 8) => ImageSet.Open(view, Masks, ImageInput.Create(height, 10, 3, ResizeMode.Letterbox), options);

    private static string Read(ImageSet set, int epoch = 0)
    {
        var read = new List<string>();
        using var loader = new BatchLoader(set, 5, seed: 3, shuffle: true, new Augmentation().Flip());
        foreach (var batch in loader.Epoch(epoch))
        {
            using var images = batch.Images.contiguous();
            read.Add($"{string.Join(' ', batch.Rows.ToArray())} {Convert.ToHexString(images.bytes)} {Convert.ToHexString(batch.Masks!.bytes)}");
        }
        return string.Join('\n', read);
    }

    private static string Expected(AnnotatedSamples view, int epoch = 0)
    {
        using var set = Open(view, new LoaderOptions { CacheBytes = 0, Threads = 1 });
        return Read(set, epoch);
    }

    private static string[] Cached(TempFolder folder) => Directory.GetFiles(folder.File("cache/x")[..^2]);

    private static void RemoveSources(TempFolder folder)
    {
        foreach (var file in Directory.GetFiles(folder.Path))
            File.Delete(file);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1500)]
    public void Epoch_Temporary_DecodesEachFileOnceAndLeavesNothing(long memory)
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(Rows, folder);
        var (first, second) = (Expected(view), Expected(view, 1));
        using (var set = Open(view, Options(folder, memory: memory)))
        {
            Assert.Equal(first, Read(set));
            RemoveSources(folder);
            Assert.Equal(second, Read(set, 1));
            Assert.Equal(0, set.Store.Disk!.Damaged);
        }
        Assert.Empty(Cached(folder));
    }

    [Fact]
    public void Epoch_BytesBeyondMemory_AreHadByRowFromTheDisk()
    {
        using var folder = new TempFolder();
        using var onDisk = Open(AnnotatedSamples.View(Rows), Options(folder));
        using var inMemory = Open(AnnotatedSamples.View(Rows), new LoaderOptions());
        Assert.False(onDisk.Store.IsStreamed);
        for (var epoch = 0; epoch < 2; epoch++)
            Assert.Equal(Read(inMemory, epoch), Read(onDisk, epoch));
    }

    [Fact]
    public void Epoch_Kept_NeedsNoFileInTheNextRun()
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(Rows, folder);
        var expected = Expected(view);
        using (var set = Open(view, Options(folder, keep: true, memory: -1)))
            Assert.Equal(expected, Read(set));
        Assert.Single(Cached(folder));
        using var again = Open(view, Options(folder, keep: true));
        RemoveSources(folder);
        Assert.Equal(expected, Read(again));
        Assert.Equal(0, again.Store.Disk!.Damaged);
    }

    [Fact]
    public void Open_SourceChanged_RebuildsTheFile()
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(Rows, folder);
        using (var set = Open(view, Options(folder, keep: true)))
            Read(set);
        // The same length; only what is in it, and its time.
        var (w, h) = AnnotatedSamples.Size(3);
        File.SetLastWriteTimeUtc(folder.Write("3.ppm", AnnotatedSamples.Pnm("P6", w, h, 3, i => (byte)(255 - i))), new DateTime(2001, 2, 3));
        var expected = Expected(view);
        using (var set = Open(view, Options(folder, keep: true)))
        {
            Assert.Equal(expected, Read(set));
            Assert.Equal(0, set.Store.Disk!.Damaged);
        }
        Assert.Single(Cached(folder));
    }

    [Fact]
    public void Open_OtherPreprocessing_HasAFileOfItsOwn()
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(Rows, folder);
        foreach (var height in new[] { 8, 9, 8 })
            using (var set = Open(view, Options(folder, keep: true), height))
                Read(set);
        Assert.Equal(2, Cached(folder).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void TryRead_FlippedBytes_AreDecodedAgainAndRepaired(int place)
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(Rows, folder);
        var expected = Expected(view);
        int recordBytes;
        using (var set = Open(view, Options(folder, keep: true)))
        {
            Read(set);
            recordBytes = 8 + set.Store.RecordBytes;
        }
        var path = Cached(folder).Single();
        var file = File.ReadAllBytes(path);
        foreach (var row in new[] { 0, 4, Rows - 1 })
            file[RecordFile.HeaderBytes + row * recordBytes + place] ^= 1;
        File.WriteAllBytes(path, file);
        using (var set = Open(view, Options(folder, keep: true)))
        {
            Assert.Equal(expected, Read(set));
            Assert.Equal(3, set.Store.Disk!.Damaged);
        }
        using (var set = Open(view, Options(folder, keep: true)))
        {
            RemoveSources(folder);
            Assert.Equal(expected, Read(set));
            Assert.Equal(0, set.Store.Disk!.Damaged);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(4094)]
    public void Open_DamagedHeader_RebuildsTheFile(int place)
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(Rows, folder);
        using (var set = Open(view, Options(folder, keep: true)))
            Read(set);
        var path = Cached(folder).Single();
        var file = File.ReadAllBytes(path);
        file[place] ^= 0x40;
        // Whoever trusted the records would give this.
        Array.Clear(file, RecordFile.HeaderBytes, file.Length - RecordFile.HeaderBytes);
        File.WriteAllBytes(path, file);
        using (var set = Open(view, Options(folder, keep: true)))
            Assert.Equal(Expected(view), Read(set));
        Assert.NotEqual(file, File.ReadAllBytes(path));
    }

    [Fact]
    public void Open_CutOffFile_IsRebuilt()
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(Rows, folder);
        using (var set = Open(view, Options(folder, keep: true)))
            Read(set);
        var path = Cached(folder).Single();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..5000]);
        using var again = Open(view, Options(folder, keep: true));
        Assert.Equal(Expected(view), Read(again));
    }

    [Fact]
    public void Epoch_TwoRunsOnOneKeptFile_BothAreRight()
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(Rows, folder);
        var expected = Expected(view);
        using var one = Open(view, Options(folder, keep: true));
        using var two = Open(view, Options(folder, keep: true));
        string[] read = ["", ""];
        Parallel.Invoke(() => read[0] = Read(one), () => read[1] = Read(two));
        Assert.Equal([expected, expected], read);
        Assert.Single(Cached(folder));
    }

    [Fact]
    public void Epoch_LimitBelowTheSet_DecodesTheRestAgain()
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(Rows, folder);
        using var set = Open(view, Options(folder, limit: RecordFile.HeaderBytes + 5 * 400));
        Assert.Equal(5, set.Store.Disk!.Capacity); // of 336 bytes
        for (var epoch = 0; epoch < 2; epoch++)
            Assert.Equal(Expected(view, epoch), Read(set, epoch));
        using var none = Open(view, Options(folder, limit: 100));
        Assert.Null(none.Store.Disk);
        Assert.Equal(Expected(view), Read(none));
    }

    [Fact]
    public void Epoch_SkippedRow_IsNotCached()
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(Rows, folder, image: row => row == 2 ? [7] : AnnotatedSamples.Image(row));
        using (var set = Open(view, Options(folder, keep: true, corrupt: OnCorrupt.Skip)))
            Read(set);
        using var again = Open(view, Options(folder, keep: true, corrupt: OnCorrupt.Skip));
        Read(again);
        Assert.Equal(1, again.Store.Skipped.Count);
    }

    [Fact]
    public void Open_FolderThatIsAFile_SaysSo()
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(Rows, folder);
        folder.Write("cache", [1]);
        var message = Assert.Throws<IOException>(() => Open(view, Options(folder))).Message;
        Assert.Contains(folder.File("cache"), message);
        Assert.Contains("DiskCacheBytes", message);
    }

    [Fact]
    public void Open_KeptOfBytes_IsRefused()
    {
        using var folder = new TempFolder();
        Assert.Contains("by their paths", Assert.Throws<ArgumentException>(() => Open(AnnotatedSamples.View(Rows), Options(folder, keep: true))).Message);
    }

    [Fact]
    public void Open_OptionsOutOfBounds_AreAllListed()
    {
        var message = Assert.Throws<ArgumentException>(() => Open(AnnotatedSamples.View(2), new LoaderOptions { DiskCacheBytes = -5, KeepDiskCache = true, OnCorrupt = (OnCorrupt)7 })).Message;
        Assert.Contains("-5", message);
        Assert.Contains("names no folder", message);
        Assert.Contains("Error, Skip", message);
        Assert.Contains("but is empty", Assert.Throws<ArgumentException>(() => Open(AnnotatedSamples.View(2), new LoaderOptions { DiskCache = " " })).Message);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Add_DiskFull_SaysSoAndLeavesNothing(bool keep)
    {
        using var folder = new TempFolder();
        var cache = Directory.CreateDirectory(folder.File("cache")).FullName;
        var view = AnnotatedSamples.View(400, folder);
        using var small = TinyFileSystem.Mount(cache, 256 << 10);
        var filler = folder.File("cache/filler");
        using (var set = Open(view, Options(folder, keep, limit: 200 << 10)))
        {
            using (var file = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
                try
                {
                    for (var i = 0; i < 1000; i++)
                        file.Write(new byte[1024]);
                }
                catch (IOException)
                {
                    // full, as wanted
                }
            var message = Assert.Throws<IOException>(() => Read(set)).Message;
            Assert.Contains("cannot grow", message);
            Assert.Contains(cache, message);
        }
        Assert.Equal([filler], Directory.GetFiles(cache));
        // And what never had room is refused before.
        Assert.Contains("MB are free", Assert.Throws<IOException>(() => Open(view, Options(folder, keep, limit: 200 << 10))).Message);
        Assert.Equal([filler], Directory.GetFiles(cache));
    }
}
