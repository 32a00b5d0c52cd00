using Fovea.Data;
using TorchSharp;

namespace Fovea.Tests.Data;

public class AnnotatedBatchTests
{
    private static readonly ImageSetColumns Masks = new("Image") { Mask = "Mask" };
    private static readonly ImageSetColumns WithBoxes = new("Image") { Boxes = BoxColumns.BoundingBoxes };

    private static ImageInput Input(ResizeMode mode = ResizeMode.Stretch) => ImageInput.Create(8, 10, 3, mode);

    private static LoaderOptions Loader(int threads = 2, long cache = -1, OnCorrupt corrupt = OnCorrupt.Error) => new() { Threads = threads, CacheBytes = cache, OnCorrupt = corrupt };

    /// <summary>All that an epoch gives, one entry an image: row, pixels, mask, boxes.</summary>
    private static List<(int Row, string Pixels, string Mask, string Boxes)> Read(BatchLoader loader, int epoch)
    {
        var read = new List<(int, string, string, string)>();
        foreach (var batch in loader.Epoch(epoch))
        {
            using var images = batch.Images.contiguous();
            var size = images.bytes.Length / batch.Count;
            var maskSize = loader.Layout.Height * loader.Layout.Width;
            var boxes = batch.Boxes is null ? [] : Objects(batch.Boxes);
            for (var i = 0; i < batch.Count; i++)
                read.Add((batch.Rows.Span[i], Convert.ToHexString(images.bytes.Slice(i * size, size)), batch.Masks is { } masks ? Convert.ToHexString(masks.bytes.Slice(i * maskSize, maskSize)) : "",
                    string.Join(' ', boxes.Where(b => b.Image == i).Select(b => b.Box))));
        }
        return read;
    }

    private static List<(SampleBox Box, long Image)> Objects(BoxBatch boxes)
    {
        if (boxes.Labels.shape[0] == 0)
            return []; // TorchSharp's accessor knows no empty tensors
        var corners = boxes.Corners.data<float>().ToArray();
        var (labels, images, crowds) = (boxes.Labels.data<long>().ToArray(), boxes.Images.data<long>().ToArray(), boxes.IsCrowd.data<bool>().ToArray());
        Assert.Equal([labels.Length, 4], boxes.Corners.shape);
        return [.. labels.Select((label, i) => (new SampleBox(corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3], (int)label, crowds[i]), images[i]))];
    }

    private static string NaiveMask(int row, ResizeMode mode)
    {
        var (w, h) = AnnotatedSamples.Size(row);
        var placement = ImagePlacement.Of(w, h, Input(mode));
        var classes = new byte[w * h];
        for (var i = 0; i < classes.Length; i++)
            classes[i] = AnnotatedSamples.RawClass(row, i % w, i / w) is var raw and < 3 ? raw : (byte)255;
        var laid = new byte[80];
        placement.LayMask(classes, laid);
        return Convert.ToHexString(laid);
    }

    [Theory]
    [InlineData(true, -1, ResizeMode.Stretch)]
    [InlineData(true, 0, ResizeMode.Letterbox)]
    [InlineData(true, 700, ResizeMode.Crop)]
    [InlineData(false, -1, ResizeMode.None)]
    [InlineData(false, 0, ResizeMode.Letterbox)]
    public void Epoch_WithMasks_GivesThemLaidAsTheirImages(bool files, long cache, ResizeMode mode)
    {
        using var folder = new TempFolder();
        var set = ImageSet.Open(AnnotatedSamples.View(13, files ? folder : null), Masks, Input(mode), Loader(cache: cache));
        Assert.Equal(!files && cache == 0, set.Store.IsStreamed);
        Assert.Equal(AnnotatedSamples.Names, set.ClassNames);
        using var loader = new BatchLoader(set, 5);
        for (var epoch = 0; epoch < 2; epoch++)
            Assert.Equal(Enumerable.Range(0, 13).Select(r => (r, NaiveMask(r, mode))), Read(loader, epoch).Select(s => (s.Row, s.Mask)));
        foreach (var batch in loader.Epoch(0))
        {
            Assert.Equal([batch.Count, 8, 10], batch.Masks!.shape);
            Assert.Equal(torch.ScalarType.Byte, batch.Masks.dtype);
            Assert.Null(batch.Boxes);
        }
    }

    [Theory]
    [InlineData(true, -1, ResizeMode.Stretch)]
    [InlineData(true, 0, ResizeMode.Letterbox)]
    [InlineData(false, -1, ResizeMode.Letterbox)]
    [InlineData(false, 0, ResizeMode.Stretch)]
    public void Epoch_WithBoxes_GivesThemInPixelsOfTheSample(bool files, long cache, ResizeMode mode)
    {
        using var folder = new TempFolder();
        using var loader = new BatchLoader(ImageSet.Open(AnnotatedSamples.View(13, files ? folder : null), WithBoxes, Input(mode), Loader(cache: cache)), 5);
        for (var epoch = 0; epoch < 2; epoch++)
        {
            var first = 0;
            foreach (var batch in loader.Epoch(epoch))
            {
                var expected = new List<(SampleBox, long)>();
                for (var i = 0; i < batch.Count; i++)
                {
                    var (w, h) = AnnotatedSamples.Size(first + i);
                    var placement = ImagePlacement.Of(w, h, Input(mode));
                    expected.AddRange(AnnotatedSamples.Boxes(first + i).Select(b => (placement.ToSample(b), (long)i)));
                }
                Assert.Equal(expected, Objects(batch.Boxes!));
                Assert.Null(batch.Masks);
                first += batch.Count;
            }
        }
    }

    [Fact]
    public void Epoch_BoxesCutAwayByTheCrop_AreClippedOrDropped()
    {
        // 16 x 4 into 10 x 8 by Crop: scale 2, columns 5.5 to 10.5 are seen.
        Assert.Equal((16, 4), AnnotatedSamples.Size(8));
        using var loader = new BatchLoader(ImageSet.Open(AnnotatedSamples.View(8), WithBoxes, Input(ResizeMode.Crop)), 8);
        var objects = loader.Epoch(0).SelectMany(b => Objects(b.Boxes!)).ToList();
        foreach (var (box, image) in objects)
        {
            Assert.True(box.X0 >= 0 && box.Y0 >= 0 && box.X1 <= 10 && box.Y1 <= 8 && box.Area > 0);
            Assert.InRange(image, 0, 7);
        }
        Assert.True(objects.Count < Enumerable.Range(0, 8).Sum(r => AnnotatedSamples.Boxes(r).Length));
    }

    [Fact]
    public void Epoch_NoObjects_GivesEmptyBoxes()
    {
        using var loader = new BatchLoader(ImageSet.Open(AnnotatedSamples.View(1), WithBoxes, Input()), 5);
        foreach (var batch in loader.Epoch(0))
        {
            Assert.Equal([0, 4], batch.Boxes!.Corners.shape);
            Assert.Equal([0], batch.Boxes.Labels.shape);
            Assert.Equal(torch.ScalarType.Bool, batch.Boxes.IsCrowd.dtype);
        }
    }

    public enum What { Masks, Boxes }

    [Theory]
    [InlineData(What.Masks, true, -1)]
    [InlineData(What.Masks, true, 0)]
    [InlineData(What.Masks, false, 0)]
    [InlineData(What.Boxes, true, -1)]
    [InlineData(What.Boxes, false, 0)]
    public void Epoch_AnyNumberOfThreads_GivesTheSame(What what, bool files, long cache)
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(40, files ? folder : null);
        var changes = new Augmentation().Shift(2).Flip();
        List<(int, string, string, string)>? first = null;
        foreach (var threads in new[] { 1, 2, 5 })
        {
            using var loader = new BatchLoader(ImageSet.Open(view, what == What.Masks ? Masks : WithBoxes, Input(), Loader(threads, cache)), 7, seed: 4, shuffle: true, changes);
            var epochs = Read(loader, 0).Concat(Read(loader, 1)).ToList();
            Assert.Equal(first ??= epochs, epochs);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Epoch_StreamedOrByRow_GivesTheSameRows(bool augmented)
    {
        var view = AnnotatedSamples.View(40);
        var changes = augmented ? new Augmentation().Shift(2).Flip() : null;
        using var streamed = new BatchLoader(ImageSet.Open(view, Masks, Input(), Loader(cache: 0)), 7, seed: 4, shuffle: true, changes);
        using var byRow = new BatchLoader(ImageSet.Open(view, Masks, Input(), Loader()), 7, seed: 4, shuffle: true, changes);
        Assert.True(streamed.Set.Store.IsStreamed && !byRow.Set.Store.IsStreamed);
        Assert.Equal(Read(byRow, 1).OrderBy(s => s.Row), Read(streamed, 1).OrderBy(s => s.Row));
    }

    [Fact]
    public void Open_KnownClasses_FindsMasksAndBoxesByName()
    {
        string[] wanted = ["tree", "car", "sky", "road"];
        var view = AnnotatedSamples.View(6);
        var set = ImageSet.Open(view, Masks, Input(ResizeMode.None), classNames: wanted);
        Assert.Equal(wanted, set.ClassNames);
        using var loader = new BatchLoader(set, 6);
        var own = new byte[] { 2, 3, 0 };
        var expected = Enumerable.Range(0, 6).Select(r => Convert.ToHexString([.. Convert.FromHexString(NaiveMask(r, ResizeMode.None)).Select(k => k == 255 ? k : own[k])]));
        Assert.Equal(expected, Read(loader, 0).Select(s => s.Mask));

        using var boxes = new BatchLoader(ImageSet.Open(view, WithBoxes, Input(), classNames: wanted), 6);
        Assert.Equal(Enumerable.Range(0, 6).SelectMany(AnnotatedSamples.Boxes).Select(b => (long)own[b.Label]), boxes.Epoch(0).SelectMany(b => b.Boxes!.Labels.data<long>().ToArray()));
    }

    [Fact]
    public void Epoch_ClassThatTheTrainingHasNot_NamesFilePixelValueAndClass()
    {
        using var folder = new TempFolder();
        using var loader = new BatchLoader(ImageSet.Open(AnnotatedSamples.View(3, folder), Masks, Input(), classNames: ["sky", "road"]), 3);
        var message = Assert.Throws<InvalidDataException>(() => loader.Epoch(0).Count()).Message;
        Assert.Contains("0.pgm", message);
        Assert.Contains("value 2 at (4, 0)", message);
        Assert.Contains("'tree'", message);
    }

    [Theory]
    [InlineData(OnCorrupt.Error)]
    [InlineData(OnCorrupt.Skip)]
    public void Epoch_ValueBeyondTheNames_NamesFilePixelAndValue(OnCorrupt corrupt)
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(5, folder, mask: row => row != 3 ? AnnotatedSamples.Mask(row) : AnnotatedSamples.Pnm("P5", 6, 13, 1, i => i == 6 * 7 + 2 ? (byte)9 : (byte)0));
        using var loader = new BatchLoader(ImageSet.Open(view, Masks, Input(), Loader(corrupt: corrupt)), 5);
        var message = Assert.Throws<InvalidDataException>(() => loader.Epoch(0).Count()).Message;
        Assert.Contains(folder.File("3.pgm"), message);
        Assert.Contains("value 9 at (2, 7)", message);
    }

    [Theory]
    [InlineData(OnCorrupt.Error)]
    [InlineData(OnCorrupt.Skip)]
    public void Epoch_MaskOfAnotherSize_NamesBothFilesAndSizes(OnCorrupt corrupt)
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(5, folder, mask: row => row != 2 ? AnnotatedSamples.Mask(row) : AnnotatedSamples.Pnm("P5", 5, 9, 1, _ => 0));
        using var loader = new BatchLoader(ImageSet.Open(view, Masks, Input(), Loader(corrupt: corrupt)), 5);
        var message = Assert.Throws<InvalidDataException>(() => loader.Epoch(0).Count()).Message;
        Assert.Contains(folder.File("2.pgm"), message);
        Assert.Contains(folder.File("2.ppm"), message);
        Assert.Contains("5 x 9", message);
        Assert.Contains("16 x 10", message);
    }

    [Fact]
    public void Epoch_MaskInBytesThatIsNone_NamesItsRowAsMask()
    {
        using var loader = new BatchLoader(ImageSet.Open(AnnotatedSamples.View(5, mask: row => row != 2 ? AnnotatedSamples.Mask(row) : [1, 2, 3]), Masks, Input()), 5);
        Assert.Contains("The mask in row 2", Assert.Throws<InvalidDataException>(() => loader.Epoch(0).Count()).Message);
    }

    [Fact]
    public void Open_TwoKindsOfClasses_IsRefused()
    {
        var message = Assert.Throws<ArgumentException>(() => ImageSet.Open(AnnotatedSamples.View(3), Masks with { Boxes = BoxColumns.BoundingBoxes }, Input())).Message;
        Assert.Contains("at most one", message);
    }

    [Theory]
    [InlineData(true, -1)]
    [InlineData(true, 0)]
    [InlineData(false, -1)]
    [InlineData(false, 0)]
    public void Epoch_SkippingCorruptFiles_LeavesOutTheirRowsAndSaysWhich(bool files, long cache)
    {
        using var folder = new TempFolder();
        // Image 1 and mask 4 are damaged; rows 6, 7, 8 make a batch of which nothing is left.
        var view = AnnotatedSamples.View(10, files ? folder : null,
            image: row => row is 1 or 6 or 7 or 8 ? [7, 7, 7] : AnnotatedSamples.Image(row),
            mask: row => row == 4 ? [7, 7, 7] : AnnotatedSamples.Mask(row));
        var good = new[] { 0, 2, 3, 5, 9 };
        foreach (var threads in new[] { 1, 3 })
        {
            var set = ImageSet.Open(view, Masks, Input(), Loader(threads, cache, OnCorrupt.Skip));
            using var loader = new BatchLoader(set, 3);
            for (var epoch = 0; epoch < 2; epoch++)
            {
                Assert.Equal(good.Select(r => (r, NaiveMask(r, ResizeMode.Stretch))), Read(loader, epoch).Select(s => (s.Row, s.Mask)));
                Assert.Equal([2, 2, 1], loader.Epoch(epoch).Select(b => b.Count));
            }
            Assert.Equal(5, loader.Skipped.Count);
            Assert.Contains(files ? "1.ppm" : "image in row 1", loader.Skipped[0]);
            Assert.Contains(files ? "4.pgm" : "mask in row 4", loader.Skipped[1]);
        }
    }

    [Fact]
    public void Epoch_SkippedFileRepaired_IsNotTriedAgain()
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(4, folder, image: row => row == 1 ? [7] : AnnotatedSamples.Image(row));
        using var loader = new BatchLoader(ImageSet.Open(view, Masks, Input(), Loader(cache: 0, corrupt: OnCorrupt.Skip)), 4);
        Assert.Equal([0, 2, 3], Read(loader, 0).Select(s => s.Row));
        folder.Write("1.ppm", AnnotatedSamples.Image(1));
        Assert.Equal([0, 2, 3], Read(loader, 1).Select(s => s.Row));
    }

    [Fact]
    public void Epoch_BatchSkippedDownToOneRow_IsLeftOutWhereOneRowIsTooFew()
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(9, folder, image: row => row is 0 or 1 ? [7] : AnnotatedSamples.Image(row));
        using var loader = new BatchLoader(ImageSet.Open(view, Masks, Input(), Loader(corrupt: OnCorrupt.Skip)), 3, joinLastRow: true);
        Assert.Equal([3, 3], loader.Epoch(0).Select(b => b.Count));
    }

    [Fact]
    public void Epoch_EveryFileCorrupt_IsAnError()
    {
        using var loader = new BatchLoader(ImageSet.Open(AnnotatedSamples.View(4, image: _ => [7]), Masks, Input(), Loader(corrupt: OnCorrupt.Skip)), 3);
        Assert.Contains("None of the 4 images", Assert.Throws<InvalidDataException>(() => loader.Epoch(0).Count()).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Epoch_Mosaic_DoesNotDependOnThreads(bool files)
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(30, files ? folder : null);
        var changes = new Augmentation().Mosaic().Flip().Crop(6, 7);
        List<(int, string, string, string)>? first = null;
        foreach (var (threads, cache) in new[] { (1, 0L), (3, 0L), (3, files ? -1L : 0L) })
        {
            using var loader = new BatchLoader(ImageSet.Open(view, WithBoxes, Input(), Loader(threads, cache)), 7, seed: 4, shuffle: true, changes);
            Assert.Equal(!files, loader.Set.Store.IsStreamed);
            var epochs = Read(loader, 0).Concat(Read(loader, 1)).ToList();
            Assert.Equal(first ??= epochs, epochs);
        }
        Assert.Equal(60, first!.Count);
    }

    [Fact]
    public void Epoch_MosaicWithSkippedRows_TakesRowsThatCanBeRead()
    {
        using var folder = new TempFolder();
        var view = AnnotatedSamples.View(12, folder, image: row => row % 3 == 1 ? [7] : AnnotatedSamples.Image(row));
        foreach (var threads in new[] { 1, 3 })
        {
            using var loader = new BatchLoader(ImageSet.Open(view, Masks, Input(), Loader(threads, corrupt: OnCorrupt.Skip)), 5, augmentation: new Augmentation().Mosaic());
            Assert.Equal([0, 2, 3, 5, 6, 8, 9, 11], Read(loader, 0).Select(s => s.Row));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void Epoch_ResizedCropFirst_CutsTheOriginalFile(long cache)
    {
        using var folder = new TempFolder();
        var crop = new RandomResizedCrop(0.3, 0.7, 0.5, 2, 6, 7);
        var set = ImageSet.Open(AnnotatedSamples.View(9, folder), Masks, Input(ResizeMode.Letterbox), Loader(cache: cache));
        using var loader = new BatchLoader(set, 4, seed: 5, augmentation: new Augmentation().RandomResizedCrop((0.3, 0.7), (0.5, 2), 6, 7).KeepBoxes(0.5));
        foreach (var (row, pixels, mask, _) in Read(loader, 3))
        {
            var (w, h) = AnnotatedSamples.Size(row);
            var random = new RowRandom();
            random.Seed(5, 3, row);
            var (left, top, right, bottom) = crop.Region(h, w, random);
            var placement = ImagePlacement.OfRegion(w, h, left, top, right, bottom, 7, 6);
            var file = AnnotatedSamples.Image(row);
            var (expected, planes) = (new byte[126], new byte[126]);
            new AntialiasResize().Run([.. file[^(w * h * 3)..], .. new byte[AntialiasResize.Padding]], 3, expected, placement);
            PixelLayout.ToPlanes(expected, planes);
            Assert.Equal(Convert.ToHexString(planes), pixels);
            var (classes, laid) = (new byte[w * h], new byte[42]);
            for (var i = 0; i < classes.Length; i++)
                classes[i] = AnnotatedSamples.RawClass(row, i % w, i / w) is var raw and < 3 ? raw : (byte)255;
            placement.LayMask(classes, laid);
            Assert.Equal(Convert.ToHexString(laid), mask);
        }
        Assert.Equal(0, set.Store.Cache.Count);
    }

    [Fact]
    public void Epoch_ResizedCropOfBytes_IsTheSameStreamedOrByRow()
    {
        var view = AnnotatedSamples.View(20);
        var changes = new Augmentation().RandomResizedCrop(height: 6, width: 7).Flip();
        using var streamed = new BatchLoader(ImageSet.Open(view, WithBoxes, Input(), Loader(cache: 0)), 7, seed: 4, shuffle: true, changes);
        using var byRow = new BatchLoader(ImageSet.Open(view, WithBoxes, Input(), Loader()), 7, seed: 4, shuffle: true, changes);
        Assert.Equal(Read(byRow, 1).OrderBy(s => s.Row), Read(streamed, 1).OrderBy(s => s.Row));
    }

    [Fact]
    public void BatchLoader_CropLargerThanTheInput_IsRefusedAtOnce()
    {
        var set = ImageSet.Open(AnnotatedSamples.View(3), Masks, Input());
        Assert.Contains("8 x 10", Assert.Throws<ArgumentException>(() => new BatchLoader(set, 2, augmentation: new Augmentation().Crop(9, 9))).Message);
    }

    [Fact]
    public void Dispose_AfterEpochsWithMasksAndBoxes_LeavesNoTensor()
    {
        var view = AnnotatedSamples.View(11);
        foreach (var columns in new[] { Masks, WithBoxes })
        {
            var before = Live.Tensors();
            using (var loader = new BatchLoader(ImageSet.Open(view, columns, Input()), 4))
            {
                Read(loader, 0);
                foreach (var batch in loader.Epoch(1))
                    break;
            }
            Assert.Equal(before, Live.Tensors());
        }
    }
}
