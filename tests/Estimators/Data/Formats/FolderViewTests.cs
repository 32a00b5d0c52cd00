using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

public class FolderViewTests
{
    private static readonly VisionData Data = new();

    private static TempFolder Animals()
    {
        var folder = new TempFolder();
        foreach (var name in new[] { "dog/b.png", "dog/a.JPG", "dog/more/c.jpeg", "Cat/x.png", "Cat/notes.txt", "Cat/.hidden.png", "ant/z.pgm", ".git/y.png", "readme.md" })
            folder.Write(name, [1]);
        return folder;
    }

    private static List<(string Path, uint Label)> Rows(IDataView view) =>
        [.. view.GetColumn<string>("Image").Zip(view.GetColumn<uint>("Label"))];

    private static string[] ClassNames(IDataView view)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["Label"].GetKeyValues(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    [Fact]
    public void FromFolder_ClassFolders_GiveSortedRowsAndNames()
    {
        using var folder = Animals();
        var view = Data.FromFolder(folder.Path);
        Assert.Equal(["Cat", "ant", "dog"], ClassNames(view));
        string[] paths = ["Cat/x.png", "ant/z.pgm", "dog/a.JPG", "dog/b.png", "dog/more/c.jpeg"];
        Assert.Equal(paths.Select(p => Path.Combine(folder.Path, p)).Zip([1u, 2u, 3u, 3u, 3u]), Rows(view));
        Assert.Equal(5, view.GetRowCount());
        Assert.IsType<TextDataViewType>(view.Schema["Image"].Type);
        Assert.Equal(3ul, Assert.IsType<KeyDataViewType>(view.Schema["Label"].Type).Count);
    }

    [Fact]
    public void FromFolder_WithoutRecursion_StaysInTheClassFolder()
    {
        using var folder = Animals();
        Assert.Equal(4, Data.FromFolder(folder.Path, recurse: false).GetRowCount());
    }

    [SkippableFact]
    public void FromFolder_LinkToItself_Ends()
    {
        using var folder = Animals();
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege");
        Directory.CreateSymbolicLink(folder.File("dog/again"), folder.Path);
        Assert.Equal(5, Data.FromFolder(folder.Path).GetRowCount());
    }

    [Fact]
    public void FromFolder_RelativePath_GivesAbsolutePaths()
    {
        using var folder = Animals();
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder.Path);
        Assert.All(Data.FromFolder(relative).GetColumn<string>("Image"), p => Assert.True(File.Exists(p) && Path.IsPathRooted(p)));
    }

    [Fact]
    public void FromFolder_Shuffled_GivesEveryRowOnceWithItsLabel()
    {
        using var folder = Animals();
        var view = Data.FromFolder(folder.Path);
        Assert.True(view.CanShuffle);
        var shuffled = Rows(new MLContext(3).Data.ShuffleRows(view));
        Assert.Equal(Rows(view), shuffled.OrderBy(r => r.Label).ThenBy(r => r.Path, StringComparer.Ordinal));
    }

    [Fact]
    public void GetRowCursorSet_ManyRows_SplitsThemByBatch()
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 300; i++)
            folder.Write($"{(i < 150 ? "a" : "b")}/{i:000}.png", [1]);
        var view = Data.FromFolder(folder.Path);
        var seen = new List<(long Batch, long Position, string Path)>();
        var cursors = view.GetRowCursorSet(view.Schema, 3);
        Assert.Equal(3, cursors.Length);
        foreach (var cursor in cursors)
        {
            using (cursor)
            {
                var getter = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Image"]);
                ReadOnlyMemory<char> path = default;
                var last = -1L;
                while (cursor.MoveNext())
                {
                    getter(ref path);
                    Assert.True(cursor.Batch >= last);
                    last = cursor.Batch;
                    seen.Add((cursor.Batch, cursor.Position, path.ToString()));
                }
                Assert.False(cursor.MoveNext());
            }
        }
        Assert.Equal(Rows(view).Select(r => r.Path), seen.OrderBy(s => s.Batch).ThenBy(s => s.Position).Select(s => s.Path));
    }

    [Fact]
    public void GetRowCursor_ColumnNotAskedFor_IsRefused()
    {
        using var folder = Animals();
        var view = Data.FromFolder(folder.Path);
        using var cursor = view.GetRowCursor([view.Schema["Label"]]);
        Assert.True(cursor.IsColumnActive(view.Schema["Label"]));
        Assert.False(cursor.IsColumnActive(view.Schema["Image"]));
        Assert.Contains("Image", Assert.ThrowsAny<Exception>(() => cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Image"])).Message);
        Assert.Contains("Label", Assert.ThrowsAny<Exception>(() => cursor.GetGetter<float>(view.Schema["Label"])).Message);
    }

    [Fact]
    public void FromFolder_MissingFolder_NamesIt()
    {
        var error = Assert.Throws<DirectoryNotFoundException>(() => Data.FromFolder("/no/such/folder"));
        Assert.Contains("/no/such/folder", error.Message);
    }

    [Fact]
    public void FromFolder_File_SaysThatItIsOne()
    {
        using var folder = new TempFolder();
        Assert.Contains("is a file", Assert.Throws<DirectoryNotFoundException>(() => Data.FromFolder(folder.Write("a.png", [1]))).Message);
    }

    [Fact]
    public void FromFolder_EmptyFolder_SaysWhatIsWanted()
    {
        using var folder = new TempFolder();
        var error = Assert.Throws<InvalidDataException>(() => Data.FromFolder(folder.Path));
        Assert.Contains(folder.Path, error.Message);
        Assert.Contains("empty", error.Message);
    }

    [Fact]
    public void FromFolder_ImagesWithoutClassFolders_SaysSo()
    {
        using var folder = new TempFolder();
        folder.Write("a.png", [1]);
        folder.Write("b.png", [1]);
        Assert.Contains("2 images but no class folders", Assert.Throws<InvalidDataException>(() => Data.FromFolder(folder.Path)).Message);
    }

    [Fact]
    public void FromFolder_OneClass_IsRefused()
    {
        using var folder = new TempFolder();
        folder.Write("only/a.png", [1]);
        var error = Assert.Throws<InvalidDataException>(() => Data.FromFolder(folder.Path));
        Assert.Contains("'only'", error.Message);
        Assert.Contains("two", error.Message);
    }

    [Fact]
    public void FromFolder_OneFolderOfClasses_PointsThere()
    {
        using var folder = new TempFolder();
        folder.Write("images/a/1.png", [1]);
        folder.Write("images/b/1.png", [1]);
        Assert.Contains(Path.Combine(folder.Path, "images"), Assert.Throws<InvalidDataException>(() => Data.FromFolder(folder.Path)).Message);
    }

    [Fact]
    public void FromFolder_ClassWithoutImages_SaysWhatLiesThere()
    {
        using var folder = Animals();
        folder.Write("emu/a.tif", [1]);
        folder.Write("emu/b.tif", [1]);
        var error = Assert.Throws<InvalidDataException>(() => Data.FromFolder(folder.Path));
        Assert.Contains("emu", error.Message);
        Assert.Contains("2 .tif", error.Message);
    }

    [Fact]
    public void FromFaces_People_ComeInTheOrderOfTheirNumbers()
    {
        using var folder = new TempFolder();
        foreach (var name in new[] { "s10/1.pgm", "s2/10.pgm", "s2/9.pgm" })
            folder.Write(name, [1]);
        var view = Data.FromFaces(folder.Path);
        Assert.Equal(["s2", "s10"], ClassNames(view));
        Assert.Equal([(folder.File("s2/9.pgm"), 1u), (folder.File("s2/10.pgm"), 1u), (folder.File("s10/1.pgm"), 2u)], Rows(view));
    }

    [SkippableFact]
    public void FromFaces_OrlFaces_HasFortyPeopleOfTen()
    {
        var view = Data.FromFaces(TestData.Shared("data/orl-faces"));
        Assert.Equal(Enumerable.Range(1, 40).Select(i => $"s{i}"), ClassNames(view));
        Assert.Equal(400, view.GetRowCount());
        Assert.All(view.GetColumn<uint>("Label").CountBy(l => l), c => Assert.Equal(10, c.Value));
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"{i}.pgm"), view.Text("Image").Take(10).Select(p => Path.GetFileName(p)));
    }

    [SkippableFact]
    public void FromFolder_OrlFaces_HasFortyPeopleOfTen()
    {
        var view = Data.FromFolder(TestData.Shared("data/orl-faces"));
        Assert.Equal(40, ClassNames(view).Length);
        Assert.All(view.GetColumn<uint>("Label").CountBy(l => l), c => Assert.Equal(10, c.Value));
    }
}
