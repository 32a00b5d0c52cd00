using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

public class MaskFoldersTests
{
    private static readonly VisionData Data = new();
    private static readonly MaskClasses Cells = new("membrane", "cell") { Values = [0, 255] };

    private static TempFolder Files(params string[] names)
    {
        var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("images/x")[..^2]);
        Directory.CreateDirectory(folder.File("masks/x")[..^2]);
        foreach (var name in names)
            folder.Write(name, [1]);
        return folder;
    }

    private static IDataView Open(TempFolder folder, MaskFolderOptions? options = null) => Data.FromMaskFolders(folder.File("images"), folder.File("masks"), Cells, options);

    private static string Refused(TempFolder folder, MaskFolderOptions? options = null) => Assert.Throws<InvalidDataException>(() => Open(folder, options)).Message;

    [Fact]
    public void FromMaskFolders_PairsOfAnyExtension_ComeInTheOrderOfTheirNumbers()
    {
        using var folder = Files("images/10.jpg", "images/9.JPG", "images/notes.txt", "masks/9.png", "masks/10.png", "images/deep/1.jpg");
        var view = Open(folder);
        Assert.Equal([folder.File("images/9.JPG"), folder.File("images/10.jpg")], view.Text("Image"));
        Assert.Equal([folder.File("masks/9.png"), folder.File("masks/10.png")], view.Text("Mask"));
        Assert.Equal(Cells, MaskColumn.Classes(MaskColumn.Find(view.Schema, "Mask")));
        Assert.True(view.CanShuffle);
    }

    [Fact]
    public void FromMaskFolders_Recursion_PairsByFolder()
    {
        using var folder = Files("images/a/1.png", "images/b/1.png", "masks/a/1.png", "masks/b/1.png");
        Assert.Equal([folder.File("masks/a/1.png"), folder.File("masks/b/1.png")], Open(folder, new() { Recurse = true }).Text("Mask"));
    }

    [Fact]
    public void FromMaskFolders_Suffix_IsLeftOutOfTheName()
    {
        using var folder = Files("images/a.jpg", "masks/a_L.png", "masks/readme.png");
        Assert.Equal([folder.File("masks/a_L.png")], Open(folder, new() { MaskSuffix = "_L" }).Text("Mask"));
    }

    [Fact]
    public void FromMaskFolders_OneFolder_NeedsASuffix()
    {
        using var folder = Files("images/a.jpg", "images/a_mask.png");
        var images = folder.File("images");
        var view = Data.FromMaskFolders(images, images + Path.DirectorySeparatorChar, Cells, new() { MaskSuffix = "_mask" });
        Assert.Equal([folder.File("images/a.jpg")], view.Text("Image"));
        Assert.Contains("MaskSuffix", Assert.Throws<ArgumentException>(() => Data.FromMaskFolders(images, images, Cells)).Message);
    }

    [Fact]
    public void FromMaskFolders_MissingPartners_AreListed()
    {
        using var folder = Files([.. Enumerable.Range(0, 12).Select(i => $"images/{i:00}.jpg"), "masks/03.png"]);
        var message = Refused(folder);
        Assert.Contains("11 of 12 files have no mask", message);
        Assert.Contains("00.jpg", message);
        Assert.DoesNotContain("03.jpg", message);
        Assert.DoesNotContain("11.jpg", message);
        using var other = Files("images/a.jpg", "masks/a.png", "masks/b.png");
        Assert.Contains("1 of 2 files are masks without an image", Refused(other));
    }

    [Fact]
    public void FromMaskFolders_TwoOfOneName_AreRefused()
    {
        using var folder = Files("images/a.jpg", "images/a.png", "masks/a.png");
        Assert.Contains("same name", Refused(folder));
    }

    [Fact]
    public void FromMaskFolders_Empty_IsRefused()
    {
        using var folder = Files();
        Assert.Contains("no images", Refused(folder));
        Assert.Throws<DirectoryNotFoundException>(() => Data.FromMaskFolders(folder.File("nowhere"), folder.File("masks"), Cells));
    }

    [Fact]
    public void FromMaskFolders_ClassesThatContradict_AreRefused()
    {
        using var folder = Files("images/a.jpg", "masks/a.png");
        Assert.Contains("Values", Assert.Throws<ArgumentException>(() => Data.FromMaskFolders(folder.File("images"), folder.File("masks"), new MaskClasses("a") { Values = [0, 1] })).Message);
    }

    [SkippableFact]
    public void FromMaskFolders_Isbi2012_HasItsPublishedShareOfCells()
    {
        var folder = TestData.Shared("data/isbi2012-membrane/train");
        var view = Data.FromMaskFolders(Path.Combine(folder, "image"), Path.Combine(folder, "label"), Cells);
        Assert.Equal(30, view.GetRowCount());
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{i}.png"), view.Text("Image").Select(p => Path.GetFileName(p)));
        var counts = view.CountMaskValues();
        Assert.Equal(30L * 512 * 512, counts[0] + counts[255]);
        // Published with four digits.
        Assert.Equal(0.7804, counts[255] / (30.0 * 512 * 512), 5e-5);
    }
}
