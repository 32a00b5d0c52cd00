using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Tests.Data;

public class CifarViewTests
{
    private static readonly VisionData Data = new();

    /// <summary>A pixel says its file, row and channel.</summary>
    private static byte Pixel(int file, int row, int channel, int place) => (byte)(file * 90 + row * 40 + channel * 13 + place);

    private static byte[] Records(int file, params byte[][] labels) =>
        [.. labels.SelectMany((label, row) => label.Concat(Enumerable.Range(0, 3 * 1024).Select(i => Pixel(file, row, i / 1024, i % 1024))))];

    private static TempFolder Ten(string below = "")
    {
        var folder = new TempFolder();
        for (var i = 1; i <= 5; i++)
            folder.Write(Path.Combine(below, $"data_batch_{i}.bin"), Records(i, [(byte)i], [(byte)(i + 4)]));
        folder.Write(Path.Combine(below, "test_batch.bin"), Records(0, [9], [0], [3]));
        return folder;
    }

    private static string Refused(byte[] file)
    {
        using var folder = new TempFolder();
        return Assert.Throws<InvalidDataException>(() => Data.FromCifar10([folder.Write("x.bin", file)])).Message;
    }

    [Fact]
    public void FromCifar10_Folder_GivesFiveFilesInTheirOrder()
    {
        using var folder = Ten();
        var view = Data.FromCifar10(folder.Path);
        Assert.Equal(10, view.GetRowCount());
        Assert.Equal([2u, 6u, 3u, 7u, 4u, 8u, 5u, 9u, 6u, 10u], view.GetColumn<uint>("Label"));
        Assert.Equal("airplane automobile bird cat deer dog frog horse ship truck", string.Join(' ', view.ClassNames()));
        var type = Assert.IsType<ImageDataViewType>(view.Schema["Image"].Type);
        Assert.Equal((32, 32), (type.Height, type.Width));
    }

    [Fact]
    public void FromCifar10_Image_HasTheRecordsPlanesAsColors()
    {
        using var folder = Ten();
        var view = Data.FromCifar10(folder.Path);
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Image"]);
        MLImage image = null!;
        for (var row = 0; row < 10; row++)
        {
            Assert.True(cursor.MoveNext());
            getter(ref image);
            Assert.Equal((32, 32), (image.Width, image.Height));
            foreach (var place in new[] { 0, 1, 33, 1023 })
                Assert.Equal([Pixel(1 + row / 2, row % 2, 0, place), Pixel(1 + row / 2, row % 2, 1, place), Pixel(1 + row / 2, row % 2, 2, place), 255], image.Pixels.Slice(place * 4, 4).ToArray());
        }
        Assert.False(cursor.MoveNext());
        image.Dispose();
    }

    [Fact]
    public void FromCifar10_TestPart_IsTheOtherFile()
    {
        using var folder = Ten("cifar-10-batches-bin");
        Assert.Equal([10u, 1u, 4u], Data.FromCifar10(folder.Path, CifarPart.Test).GetColumn<uint>("Label"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.FromCifar10(folder.Path, (CifarPart)7));
    }

    [Fact]
    public void FromCifar10_NamesBesideTheData_AreTaken()
    {
        using var folder = Ten();
        folder.Write("batches.meta.txt", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n"u8.ToArray());
        Assert.Equal([.. "abcdefghij".Select(c => c.ToString())], Data.FromCifar10(folder.Path).ClassNames());
        folder.Write("batches.meta.txt", "a\nb\n"u8.ToArray());
        Assert.Contains("10 different names", Assert.Throws<InvalidDataException>(() => Data.FromCifar10(folder.Path)).Message);
    }

    [Fact]
    public void FromCifar10_MissingFile_NamesItAndTheFolder()
    {
        using var folder = Ten();
        File.Delete(folder.File("data_batch_4.bin"));
        var message = Assert.Throws<FileNotFoundException>(() => Data.FromCifar10(folder.Path)).Message;
        Assert.Contains("data_batch_4.bin", message);
        Assert.Contains("binary version", message);
        Assert.Throws<DirectoryNotFoundException>(() => Data.FromCifar10("/no/such/folder"));
        Assert.Throws<ArgumentException>(() => Data.FromCifar10(Array.Empty<string>()));
    }

    [Fact]
    public void FromCifar10_CutFile_IsRefused() => Assert.Contains("records of 3073 bytes", Refused(Records(0, [1])[..^1]));

    [Fact]
    public void FromCifar10_EmptyFile_IsRefused() => Assert.Contains("empty", Refused([]));

    [Fact]
    public void FromCifar10_LabelBeyondTheNames_NamesTheRecord()
    {
        var message = Refused(Records(0, [1], [10]));
        Assert.Contains("label 10 in record 1", message);
        Assert.Contains("below 10", message);
    }

    [Fact]
    public void FromCifar100_FineAndCoarse_ReadTheirOwnLabel()
    {
        using var folder = new TempFolder();
        folder.Write("train.bin", Records(0, [19, 99], [3, 42]));
        folder.Write("test.bin", Records(0, [0, 1]));
        folder.Write("coarse_label_names.txt", System.Text.Encoding.ASCII.GetBytes(string.Join('\n', Enumerable.Range(0, 20).Select(i => $"group {i}"))));
        var fine = Data.FromCifar100(folder.Path);
        Assert.Equal([100u, 43u], fine.GetColumn<uint>("Label"));
        Assert.Equal(LabelColumn.Numbers(100), fine.ClassNames());
        var coarse = Data.FromCifar100(folder.Path, labels: CifarLabels.Coarse);
        Assert.Equal([20u, 4u], coarse.GetColumn<uint>("Label"));
        Assert.Equal("group 19", coarse.ClassNames()[19]);
        Assert.Equal([2u], Data.FromCifar100(folder.Path, CifarPart.Test).GetColumn<uint>("Label"));
        folder.Write("test.bin", Records(0, [20, 1]));
        Assert.Contains("label 20", Assert.Throws<InvalidDataException>(() => Data.FromCifar100(folder.Path, CifarPart.Test, CifarLabels.Coarse)).Message);
    }
}
