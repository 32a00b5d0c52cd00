using System.Buffers.Binary;
using System.IO.Compression;
using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Tests.Data;

public class IdxViewTests
{
    private static readonly VisionData Data = new();

    private static byte[] Idx(int magic, int[] sizes, params byte[] elements)
    {
        var file = new byte[4 + 4 * sizes.Length + elements.Length];
        BinaryPrimitives.WriteInt32BigEndian(file, magic);
        for (var i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * i), sizes[i]);
        elements.CopyTo(file.AsSpan(4 + 4 * sizes.Length));
        return file;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
            gzip.Write(content);
        return stream.ToArray();
    }

    private static readonly byte[] Images = Idx(2051, [2, 2, 3], 0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 255);
    private static readonly byte[] Labels = Idx(2049, [2], 3, 1);

    private static IDataView Open(byte[] images, byte[] labels, string[]? names = null)
    {
        using var folder = new TempFolder();
        return Data.FromIdx(folder.Write("images", images), folder.Write("labels", labels), names);
    }

    private static InvalidDataException Refused(byte[] images, byte[] labels, string[]? names = null) =>
        Assert.Throws<InvalidDataException>(() => Open(images, labels, names));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FromIdx_SmallFiles_GivePixelsAndLabels(bool isGzip)
    {
        var view = isGzip ? Open(Gzip(Images), Gzip(Labels)) : Open(Images, Labels);
        var type = Assert.IsType<ImageDataViewType>(view.Schema["Image"].Type);
        Assert.Equal((2, 3), (type.Height, type.Width));
        Assert.Equal([4u, 2u], view.GetColumn<uint>("Label"));
        Assert.Equal(4ul, Assert.IsType<KeyDataViewType>(view.Schema["Label"].Type).Count);
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Image"]);
        MLImage image = null!;
        Assert.True(cursor.MoveNext() && cursor.MoveNext());
        getter(ref image);
        Assert.Equal((3, 2), (image.Width, image.Height));
        Assert.Equal([60, 60, 60, 255, 70, 70, 70, 255], image.Pixels[..8].ToArray());
        Assert.Equal(255, image.Pixels[20]);
        image.Dispose();
    }

    [Fact]
    public void FromIdx_ClassNames_BecomeKeyValues()
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        Open(Images, Labels, ["p", "q", "r", "s", "t"]).Schema["Label"].GetKeyValues(ref names);
        Assert.Equal(["p", "q", "r", "s", "t"], names.DenseValues().Select(n => n.ToString()));
    }

    [Fact]
    public void FromIdx_MissingFile_NamesIt() =>
        Assert.Contains("nowhere", Assert.Throws<FileNotFoundException>(() => Data.FromIdx("nowhere", "nowhere")).Message);

    [Fact]
    public void FromIdx_FilesExchanged_SaysSo()
    {
        var error = Refused(Labels, Images);
        Assert.Contains("2049", error.Message);
        Assert.Contains("2051", error.Message);
        Assert.Contains("exchanged", error.Message);
    }

    [Fact]
    public void FromIdx_OtherFile_NamesItsMagicNumber() => Assert.Contains("magic number", Refused("this is text"u8.ToArray(), Labels).Message);

    [Fact]
    public void FromIdx_CountsDisagree_NamesBoth()
    {
        var error = Refused(Images, Idx(2049, [3], 3, 1, 2));
        Assert.Contains("2 images", error.Message);
        Assert.Contains("3 labels", error.Message);
    }

    [Fact]
    public void FromIdx_CutAnywhere_IsRefused()
    {
        for (var length = 0; length < Images.Length; length++)
            Assert.Contains("images'", Refused(Images[..length], Labels).Message);
        var gzip = Gzip(Images);
        // Behind the last pixel come the end of the compressed block and the trailer, which nobody misses.
        for (var length = 0; length < gzip.Length / 2; length++)
            Assert.Contains("images'", Refused(gzip[..length], Labels).Message);
    }

    [Fact]
    public void FromIdx_BytesBehindTheEnd_AreRefused() => Assert.Contains("goes on", Refused([.. Images, 1], Labels).Message);

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData(2_000_000_000, 1, 1)]
    [InlineData(-1, 2, 3)]
    [InlineData(2, 0, 3)]
    public void FromIdx_SizesThatCannotBe_AreRefusedBeforeAllocation(int n, int h, int w)
    {
        Assert.Contains("images'", Refused(Idx(2051, [n, h, w], new byte[12]), Labels).Message);
        Assert.Contains("images'", Refused(Gzip(Idx(2051, [n, h, w], new byte[12])), Labels).Message);
    }

    [Fact]
    public void FromIdx_LabelWithoutName_NamesIt() => Assert.Contains("label 3", Refused(Images, Labels, ["a", "b", "c"]).Message);

    [Fact]
    public void FromIdx_NameTwice_IsRefused() => Assert.Throws<ArgumentException>(() => Open(Images, Labels, ["a", "b", "a", "c"]));

    [SkippableFact]
    public void FromIdx_FashionMnist_HasItsPublishedStatistics()
    {
        var folder = TestData.Shared("data/fashion-mnist");
        var view = Data.FromIdx(Path.Combine(folder, "train-images-idx3-ubyte.gz"), Path.Combine(folder, "train-labels-idx1-ubyte.gz"));
        Assert.Equal(60_000, view.GetRowCount());
        Assert.All(view.GetColumn<uint>("Label").CountBy(l => l), c => Assert.Equal(6000, c.Value));
        var set = ImageSet.Open(view, "Image", "Label", ImageInput.Create(28, 28, 1));
        using var loader = new BatchLoader(set, 1000);
        double sum = 0, squares = 0;
        foreach (var batch in loader.Epoch(0))
            foreach (var pixel in batch.Images.bytes)
            {
                sum += pixel / 255.0;
                squares += pixel / 255.0 * (pixel / 255.0);
            }
        var mean = sum / (60_000 * 784.0);
        // Published with four digits.
        Assert.Equal(0.2860, mean, 5e-5);
        Assert.Equal(0.3530, Math.Sqrt(squares / (60_000 * 784.0) - mean * mean), 5e-5);
    }

    [SkippableFact]
    public void FromIdx_Mnist_HasItsPublishedCounts()
    {
        var folder = TestData.Shared("data/mnist");
        var train = Data.FromIdx(Path.Combine(folder, "train-images-idx3-ubyte.gz"), Path.Combine(folder, "train-labels-idx1-ubyte.gz"));
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], train.GetColumn<uint>("Label").CountBy(l => l).OrderBy(c => c.Key).Select(c => c.Value));
        var test = Data.FromIdx(Path.Combine(folder, "t10k-images-idx3-ubyte.gz"), Path.Combine(folder, "t10k-labels-idx1-ubyte.gz"));
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], test.GetColumn<uint>("Label").CountBy(l => l).OrderBy(c => c.Key).Select(c => c.Value));
    }
}
