using Fovea.Data;
using Microsoft.ML;
using TorchSharp;

namespace Fovea.Tests.Data;

public class BatchLoaderTests
{
    private readonly MLContext _ml = new(1);

    private static readonly Augmentation Changes = new Augmentation().Shift(2, EdgeFill.Edge).Flip();

    private static ImageSet Open(IDataView view, int threads = 2, long cache = -1, int channels = 3) =>
        ImageSet.Open(view, view.Schema.GetColumnOrNull("ImagePath") is null ? "Image" : "ImagePath", "Label", Samples.Input(channels), new LoaderOptions { Threads = threads, CacheBytes = cache });

    /// <summary>Everything an epoch gives: rows, labels and pixels, one after the other.</summary>
    private static List<(int Row, long Label, string Pixels)> Read(BatchLoader loader, int epoch)
    {
        var read = new List<(int, long, string)>();
        foreach (var batch in loader.Epoch(epoch))
        {
            Assert.Equal([batch.Count, 3, Samples.Height, Samples.Width], batch.Images.shape);
            Assert.Equal([batch.Count], batch.Labels.shape);
            Assert.Equal(torch.ScalarType.Int64, batch.Labels.dtype);
            using var images = batch.Images.contiguous();
            var size = images.bytes.Length / batch.Count;
            for (var i = 0; i < batch.Count; i++)
                read.Add((batch.Rows.Span[i], batch.Labels.data<long>()[i], Convert.ToHexString(images.bytes.Slice(i * size, size))));
        }
        return read;
    }

    /// <summary>(C, H, W) of the formula the images were made by.</summary>
    private static string Pixels(int row)
    {
        var pixels = new byte[3 * Samples.Height * Samples.Width];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = Samples.Pixel(row, i / Samples.Width % Samples.Height, i % Samples.Width, i / Samples.Width / Samples.Height);
        return Convert.ToHexString(pixels);
    }

    private static List<(int, long, string)> InOrder(int rows) => [.. Enumerable.Range(0, rows).Select(r => (r, (long)(r % 3), Pixels(r)))];

    public enum Source { Images, Bytes, Paths }

    private IDataView View(Source source, TempFolder folder, int rows) => source switch
    {
        Source.Images => Samples.View(_ml, rows),
        Source.Bytes => Samples.BytesView(_ml, rows),
        _ => Samples.PathView(_ml, folder, rows),
    };

    [Theory]
    [InlineData(Source.Images, -1)]
    [InlineData(Source.Images, 0)]
    [InlineData(Source.Bytes, -1)]
    [InlineData(Source.Bytes, 0)]
    [InlineData(Source.Paths, -1)]
    [InlineData(Source.Paths, 0)]
    [InlineData(Source.Paths, 500)]
    public void Epoch_Unshuffled_GivesTheViewsRows(Source source, long cache)
    {
        using var folder = new TempFolder();
        var set = Open(View(source, folder, 11), cache: cache);
        Assert.Equal(source != Source.Paths && cache == 0, set.Store.IsStreamed);
        using var loader = new BatchLoader(set, 4);
        Assert.Equal(InOrder(11), Read(loader, 0));
        Assert.Equal(InOrder(11), Read(loader, 1));
        Assert.Equal(3, loader.BatchesPerEpoch);
    }

    [Theory]
    [InlineData(Source.Images, -1)]
    [InlineData(Source.Images, 0)]
    [InlineData(Source.Bytes, 0)]
    [InlineData(Source.Paths, -1)]
    public void Epoch_AnyNumberOfThreads_GivesTheSameBits(Source source, long cache)
    {
        using var folder = new TempFolder();
        var view = View(source, folder, 50);
        List<(int, long, string)>? first = null;
        foreach (var threads in new[] { 1, 2, 5 })
        {
            using var loader = new BatchLoader(Open(view, threads, cache), 7, seed: 4, shuffle: true, Changes);
            var epochs = Read(loader, 0).Concat(Read(loader, 1)).ToList();
            Assert.Equal(first ??= epochs, epochs);
        }
        Assert.Equal(100, first!.Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void Epoch_Shuffled_GivesEveryRowOnceInANewOrder(long cache)
    {
        using var loader = new BatchLoader(Open(Samples.View(_ml, 50), cache: cache), 8, seed: 4, shuffle: true);
        var epochs = Enumerable.Range(0, 3).Select(e => Read(loader, e)).ToList();
        foreach (var epoch in epochs)
            Assert.Equal(InOrder(50), epoch.OrderBy(r => r.Row));
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.NotEqual(epochs[1], epochs[2]);
        Assert.Equal(epochs[1], Read(loader, 1));
    }

    [Fact]
    public void Epoch_OtherSeed_GivesAnotherOrder()
    {
        var set = Open(Samples.View(_ml, 50));
        using var one = new BatchLoader(set, 8, seed: 1, shuffle: true);
        using var two = new BatchLoader(set, 8, seed: 2, shuffle: true);
        Assert.NotEqual(Read(one, 0), Read(two, 0));
    }

    [Fact]
    public void Epoch_StreamLargerThanThePool_GivesEveryRowOnce()
    {
        const int Rows = StreamedFeed.PoolRows + 300;
        using var loader = new BatchLoader(Open(Samples.BytesView(_ml, Rows), cache: 0), 64, seed: 4, shuffle: true);
        Assert.Equal(InOrder(Rows), Read(loader, 0).OrderBy(r => r.Row));
    }

    [Fact]
    public void Epoch_Cached_GivesWhatUncachedGives()
    {
        using var folder = new TempFolder();
        var view = Samples.PathView(_ml, folder, 30);
        using var cached = new BatchLoader(Open(view), 8, 3, true, Changes);
        using var uncached = new BatchLoader(Open(view, cache: 0), 8, 3, true, Changes);
        for (var epoch = 0; epoch < 2; epoch++)
            Assert.Equal(Read(uncached, epoch), Read(cached, epoch));
    }

    [Fact]
    public void Epoch_ChannelsLast_HasTheSameValuesInAnotherLayout()
    {
        var set = Open(Samples.View(_ml, 10));
        using var planes = new BatchLoader(set, 4, augmentation: Changes);
        using var last = new BatchLoader(set, 4, augmentation: Changes, channelsLast: true);
        Assert.Equal(Read(planes, 0), Read(last, 0));
        foreach (var batch in last.Epoch(0))
            Assert.Equal([3L * Samples.Height * Samples.Width, 1, 3L * Samples.Width, 3], batch.Images.stride());
    }

    [Theory]
    [InlineData(11, 4, false, new[] { 4, 4, 3 })]
    [InlineData(9, 4, false, new[] { 4, 4, 1 })]
    [InlineData(9, 4, true, new[] { 4, 5 })]
    [InlineData(8, 4, true, new[] { 4, 4 })]
    [InlineData(1, 4, true, new[] { 1 })]
    [InlineData(3, 1, true, new[] { 1, 1, 1 })]
    [InlineData(3, 100, false, new[] { 3 })]
    public void Epoch_RowsAndBatchSize_GiveBatches(int rows, int batchSize, bool join, int[] expected)
    {
        using var loader = new BatchLoader(Open(Samples.View(_ml, rows)), batchSize, joinLastRow: join);
        Assert.Equal(expected, loader.Epoch(0).Select(b => b.Count).ToArray());
        Assert.Equal(expected.Length, loader.BatchesPerEpoch);
    }

    [Theory]
    [InlineData(Source.Bytes, -1)]
    [InlineData(Source.Bytes, 0)]
    [InlineData(Source.Paths, -1)]
    public void Epoch_ImageThatCannotBeRead_ComesAtItsBatch(Source source, long cache)
    {
        using var folder = new TempFolder();
        var view = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(row => new Samples.BytesRow { Image = row == 13 ? [1, 2, 3] : Samples.Ppm(row), Label = row % 2 == 0 ? "a" : "b" }).ToList());
        if (source == Source.Paths)
        {
            view = Samples.PathView(_ml, folder, 20);
            folder.Write("13.ppm", [1, 2, 3]);
        }
        using var loader = new BatchLoader(Open(view, threads: 3, cache), 4);
        var whole = 0;
        var error = Assert.Throws<InvalidDataException>(() => { foreach (var batch in loader.Epoch(0)) whole++; });
        Assert.Contains(source == Source.Paths ? "13.ppm" : "row 13", error.Message);
        // A set that is decoded ahead of the first batch fails ahead of it.
        Assert.Equal(source == Source.Bytes && cache < 0 ? 0 : 3, whole);
    }

    [Fact]
    public void Epoch_LoopLeftEarly_CanBeginAgain()
    {
        using var loader = new BatchLoader(Open(Samples.View(_ml, 40)), 4);
        for (var i = 0; i < 5; i++)
            foreach (var batch in loader.Epoch(i))
                break;
        Assert.Equal(InOrder(40), Read(loader, 9));
    }

    [Fact]
    public void Epoch_TwoAtOnce_IsRefused()
    {
        using var loader = new BatchLoader(Open(Samples.View(_ml, 40)), 4);
        foreach (var batch in loader.Epoch(0))
        {
            Assert.Throws<InvalidOperationException>(() => loader.Epoch(1).First());
            break;
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void Epoch_Cancelled_Stops(long cache)
    {
        using var loader = new BatchLoader(Open(Samples.View(_ml, 40), cache: cache), 4);
        using var cancellation = new CancellationTokenSource();
        var seen = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var batch in loader.Epoch(0, cancellation.Token))
                if (++seen == 2)
                    cancellation.Cancel();
        });
        Assert.Equal(2, seen);
        Assert.Throws<OperationCanceledException>(() => loader.Epoch(0, cancellation.Token).First());
        Assert.Equal(InOrder(40), Read(loader, 0));
    }

    [Fact]
    public void Dispose_AfterEpochs_LeavesNoTensor()
    {
        var set = Open(Samples.View(_ml, 11));
        using (var warm = new BatchLoader(set, 4))
            Read(warm, 0);
        var before = Live.Tensors();
        using (torch.NewDisposeScope())
        {
            using var loader = new BatchLoader(set, 4);
            foreach (var batch in loader.Epoch(0)) { }
            foreach (var batch in loader.Epoch(1))
                break;
        }
        Assert.Equal(before, Live.Tensors());
    }

    [Fact]
    public void Epoch_InsideDisposeScopes_KeepsItsBuffers()
    {
        using var loader = new BatchLoader(Open(Samples.View(_ml, 11)), 4);
        var sums = new List<long>();
        for (var epoch = 0; epoch < 2; epoch++)
            using (torch.NewDisposeScope())
                foreach (var batch in loader.Epoch(epoch))
                    using (torch.NewDisposeScope())
                        sums.Add(batch.Images.to(torch.ScalarType.Int64).sum().item<long>());
        Assert.Equal(sums[..3], sums[3..]);
    }

    [Fact]
    public void Open_NoRows_SaysSo()
    {
        var error = Assert.Throws<InvalidDataException>(() => Open(Samples.View(_ml, 0)));
        Assert.Contains("no rows", error.Message);
    }

    [Fact]
    public void Open_WrongColumns_SaysWhatThereIs()
    {
        var view = Samples.View(_ml, 3);
        Assert.Contains("'Image', 'Label'", Assert.Throws<ArgumentException>(() => ImageSet.Open(view, "Picture", "Label", Samples.Input())).Message);
        var floats = _ml.Data.LoadFromEnumerable(new[] { new { Image = 1f, Label = "a" } });
        Assert.Contains("Single", Assert.Throws<ArgumentException>(() => ImageSet.Open(floats, "Image", "Label", Samples.Input())).Message);
    }

    [Fact]
    public void Open_OptionsOutOfBounds_AreAllListed()
    {
        var error = Assert.Throws<ArgumentException>(() => ImageSet.Open(Samples.View(_ml, 3), "Image", "Label", Samples.Input() with { Height = 0 }, new LoaderOptions { Threads = -1, Prefetch = 0, CacheBytes = -7 }));
        Assert.Contains("height", error.Message);
        Assert.Contains("threads", error.Message);
        Assert.Contains("prefetch", error.Message);
        Assert.Contains("-7", error.Message);
    }

    [Fact]
    public void BatchLoader_BatchBeyondASpan_IsRefused()
    {
        var set = Open(Samples.View(_ml, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchLoader(set, 0));
        Assert.Contains("at most", Assert.Throws<ArgumentOutOfRangeException>(() => new BatchLoader(set, int.MaxValue)).Message);
    }

    [Fact]
    public void Split_Fraction_KeepsProportionsAndLosesNoRow()
    {
        var set = Open(Samples.View(_ml, 90));
        var (train, validation) = set.Split(0.2, seed: 5);
        Assert.Equal(Enumerable.Range(0, 90), train.Rows.Concat(validation.Rows).Order());
        Assert.Equal([6, 6, 6], validation.CountByClass());
        Assert.Equal(validation.Rows, set.Split(0.2, seed: 5).Validation.Rows);
        Assert.NotEqual(validation.Rows, set.Split(0.2, seed: 6).Validation.Rows);
        using var loader = new BatchLoader(validation, 7);
        Assert.Equal(validation.Rows.Select(r => (r, (long)(r % 3), Pixels(r))), Read(loader, 0));
    }

    [Fact]
    public void Split_ManySmallClasses_TakesTheFractionOfTheWhole()
    {
        // Three rows a class and a tenth of them: 0.3 a class, 3 of the 30.
        var view = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(row => new Samples.BytesRow { Image = Samples.Ppm(row), Label = (row / 3).ToString() }).ToList());
        Assert.Equal(3, Open(view).Split(0.1, 1).Validation.Count);
    }

    [Fact]
    public void Split_TooFewRows_SaysSo()
    {
        Assert.Contains("no row", Assert.Throws<InvalidDataException>(() => Open(Samples.View(_ml, 3)).Split(0.1, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Open(Samples.View(_ml, 3)).Split(double.NaN, 1));
    }

    [Fact]
    public void Split_Streamed_ReadsOnlyItsRows()
    {
        var (train, _) = Open(Samples.BytesView(_ml, 40), cache: 0).Split(0.25, seed: 5);
        using var loader = new BatchLoader(train, 6, seed: 2, shuffle: true);
        Assert.Equal(train.Rows.Select(r => (r, (long)(r % 3), Pixels(r))), Read(loader, 0).OrderBy(r => r.Row));
    }

    [Fact]
    public void RequireTwoClasses_OneClass_NamesIt()
    {
        var view = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 4).Select(row => new Samples.BytesRow { Image = Samples.Ppm(row), Label = "cat" }).ToList());
        var error = Assert.Throws<InvalidDataException>(() => Open(view).RequireTwoClasses());
        Assert.Contains("'cat'", error.Message);
        Open(Samples.View(_ml, 4)).RequireTwoClasses();
    }
}
