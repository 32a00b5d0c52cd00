using System.Text;
using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

public class CamVidListTests
{
    private static readonly VisionData Data = new();

    private static string Refused<T>(string list, params string[] files) where T : Exception
    {
        using var folder = new TempFolder();
        foreach (var file in files)
            folder.Write(file, [1]);
        return Assert.Throws<T>(() => Data.FromCamVid(folder.Write("list.txt", Encoding.UTF8.GetBytes(list)))).Message;
    }

    [Fact]
    public void FromCamVid_PathsOfAnotherMachine_AreFoundBelowTheFolder()
    {
        using var folder = new TempFolder();
        foreach (var name in new[] { "train/a.png", "trainannot/a.png", "a.png", "CamVid/train/b.png", "trainannot/b.png" })
            folder.Write(name, [1]);
        var list = folder.Write("train.txt", "/SegNet/CamVid/train/a.png /SegNet/CamVid/trainannot/a.png\n\nC:\\SegNet\\CamVid\\train\\b.png\ttrainannot/b.png\r\n"u8.ToArray());
        var view = Data.FromCamVid(list);
        Assert.Equal([folder.File("train/a.png"), folder.File("CamVid/train/b.png")], view.Text("Image"));
        Assert.Equal([folder.File("trainannot/a.png"), folder.File("trainannot/b.png")], view.Text("Mask"));
        Assert.Equal("Bicyclist", view.ClassNames("Mask")[10]);
        Assert.Equal(11, MaskColumn.Classes(view.Schema["Mask"])!.IgnoreIndex);
    }

    [Fact]
    public void FromCamVid_OtherFolderAndClasses_AreTaken()
    {
        using var folder = new TempFolder();
        folder.Write("data/a.png", [1]);
        var view = Data.FromCamVid(folder.Write("lists/x.txt", "/a.png /a.png"u8.ToArray()), folder.File("data"), new MaskClasses("x"));
        Assert.Equal([folder.File("data/a.png")], view.Text("Mask"));
        Assert.Equal(["x"], view.ClassNames("Mask"));
    }

    [Fact]
    public void FromCamVid_FileThatIsNowhere_NamesLineAndColumn()
    {
        var message = Refused<FileNotFoundException>("/x/a.png /y/a.png\n/x/a.png /y/b.png", "a.png");
        Assert.Contains("'/y/b.png' in line 2, column 10", message);
    }

    [Fact]
    public void FromCamVid_PathUpwards_IsRefused() => Assert.Contains("line 1, column 1,", Refused<InvalidDataException>("../a.png a.png", "a.png"));

    [Theory]
    [InlineData("a.png\n", "1 paths in line 1")]
    [InlineData("a.png a.png\na.png a.png a.png\n", "3 paths in line 2")]
    [InlineData("", "empty")]
    [InlineData("\n \n", "empty")]
    public void FromCamVid_OtherText_IsRefused(string list, string what) => Assert.Contains(what, Refused<InvalidDataException>(list, "a.png"));

    [Fact]
    public void FromCamVid_MissingList_NamesIt() => Assert.Contains("nowhere", Assert.Throws<FileNotFoundException>(() => Data.FromCamVid("nowhere.txt")).Message);

    [SkippableFact]
    public void FromCamVid_SegNetsLists_HaveTheirPublishedShares()
    {
        var folder = TestData.Shared("data/camvid/CamVid");
        var counts = new long[256];
        foreach (var (list, images) in new[] { ("train.txt", 30), ("val.txt", 8), ("test.txt", 8) })
        {
            var view = Data.FromCamVid(Path.Combine(folder, list));
            Assert.Equal(images, view.GetRowCount());
            Assert.All(view.Text("Image").Zip(view.Text("Mask")), p => Assert.Equal(Path.GetFileName(p.First), Path.GetFileName(p.Second)));
            foreach (var (value, count) in view.CountMaskValues().Index())
                counts[value] += count;
        }
        Assert.Equal(46L * 480 * 360, counts.Sum());
        double[] shares = [.1576, .2440, .0095, .2946, .0553, .1131, .0120, .0136, .0529, .0067, .0058, .0349];
        // Published with four digits.
        Assert.All(shares.Index(), s => Assert.Equal(s.Item, counts[s.Index] / (46.0 * 480 * 360), 5e-5));
        Assert.Equal(0, counts[12..].Sum());
    }
}
