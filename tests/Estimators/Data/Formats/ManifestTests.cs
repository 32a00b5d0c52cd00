using System.Text;
using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

public class ManifestTests
{
    private static readonly VisionData Data = new();

    private static IDataView Open(string text, ManifestOptions? options = null, string name = "set.csv")
    {
        using var folder = new TempFolder();
        return Data.FromManifest(folder.Write(name, Encoding.UTF8.GetBytes(text)), options);
    }

    private static string Refused(string text, ManifestOptions? options = null) => Assert.Throws<InvalidDataException>(() => Open(text, options)).Message;

    [Fact]
    public void FromManifest_Columns_BecomeImageLabelAndText()
    {
        using var folder = new TempFolder();
        var path = folder.Write("set.csv", "Patient,image,label\np1,a.png,sick\np2, \"b, c.png\" ,\"he said \"\"ok\"\"\"\n\np1,sub/a.png,sick\np1,a.png,sick\n"u8.ToArray());
        var view = Data.FromManifest(path);
        Assert.Equal(["Image", "Label", "Patient"], view.Schema.Select(c => c.Name));
        Assert.Equal([folder.File("a.png"), folder.File("b, c.png"), folder.File("sub/a.png"), folder.File("a.png")], view.Text("Image"));
        Assert.Equal(["he said \"ok\"", "sick"], view.ClassNames());
        Assert.Equal([2u, 1u, 2u, 2u], view.GetColumn<uint>("Label"));
        Assert.Equal(["p1", "p2", "p1", "p1"], view.Text("Patient"));
    }

    [Theory]
    [InlineData("set.tsv", "Image\tLabel\na, b.png\tx\n", null)]
    [InlineData("set.TAB", "Image\tLabel\na, b.png\tx\n", null)]
    [InlineData("set.csv", "Image;Label\r\na, b.png;x\r\n", ';')]
    [InlineData("set.txt", "\uFEFFImage|Label\ra, b.png|x", '|')]
    public void FromManifest_Delimiters_SeparateFields(string name, string text, char? delimiter)
    {
        var view = Open(text, new ManifestOptions { Delimiter = delimiter }, name);
        Assert.EndsWith("a, b.png", Assert.Single(view.Text("Image")));
        Assert.Equal(["x"], view.ClassNames());
    }

    [Fact]
    public void FromManifest_UnknownExtension_AsksForTheDelimiter() =>
        Assert.Contains("Delimiter", Assert.Throws<ArgumentException>(() => Open("Image\na.png", name: "set.txt")).Message);

    [Fact]
    public void FromManifest_GivenNames_KeepTheirOrder()
    {
        var view = Open("file,species\na.png,cat\nb.png,dog\n", new ManifestOptions { ImageColumn = "FILE", LabelColumn = "species", ClassNames = ["dog", "emu", "cat"] });
        Assert.Equal([3u, 1u], view.GetColumn<uint>("Label"));
        Assert.Equal(["dog", "emu", "cat"], view.ClassNames());
    }

    [Fact]
    public void FromManifest_LabelThatIsNoClass_NamesLineAndColumn()
    {
        var message = Refused("Image,Label\na.png,cat\n\nb.png,Dog\n", new ManifestOptions { ClassNames = ["cat", "dog"] });
        foreach (var part in new[] { "line 4", "column 2 ('Label')", "'Dog'", "cat, dog" })
            Assert.Contains(part, message);
    }

    [Fact]
    public void FromManifest_NoLabel_NamesTheLine() => Assert.Contains("line 3, column 2", Refused("Image,Label\na.png,cat\nb.png,\n"));

    [Fact]
    public void FromManifest_Masks_CarryTheirClasses()
    {
        var classes = new MaskClasses("back", "front") { Values = [0, 255], IgnoreIndex = 128 };
        using var folder = new TempFolder();
        var view = Data.FromManifest(folder.Write("set.csv", "Image,Mask\na.jpg,m/a.png\n"u8.ToArray()), new ManifestOptions { MaskClasses = classes });
        Assert.Equal([folder.File("m/a.png")], view.Text("Mask"));
        Assert.Equal(classes, MaskColumn.Classes(view.Schema["Mask"]));
    }

    [Fact]
    public void FromManifest_MasksWithoutClasses_AsksForThem()
    {
        Assert.Contains("MaskClasses", Assert.Throws<ArgumentException>(() => Open("Image,Mask\na.jpg,a.png\n")).Message);
        Assert.Contains("no column of masks", Assert.Throws<ArgumentException>(() => Open("Image\na.jpg\n", new ManifestOptions { MaskClasses = new("a") })).Message);
    }

    [Theory]
    [InlineData("Image,Label\na.png,x\nb.png\n", "line 3", "column 2 ('Label') is missing")]
    [InlineData("Image,Label\na.png,x,y\n", "line 2", "column 3 is too many")]
    [InlineData("Image,Label\n\u00E4.png,x\nbl\u00E4\"u.png,x\n", "line 3, character 4", "a quote within a field")]
    [InlineData("Image,Label\n\"a\nb.png\",x\n\"c\"d.png,x\n", "line 4, character", "behind the quote")]
    [InlineData("Image,Label\n\"a.png\",x\nb.png,\"x\nc.png,y\n", "line 3, character 7", "never closed")]
    [InlineData("Image,\na.png,x\n", "first line", "column 2")]
    [InlineData("Image,image\na.png,x\n", "columns 1 and 2", "'image'")]
    public void FromManifest_MalformedText_SaysWhere(string text, string where, string what)
    {
        var message = Refused(text);
        Assert.Contains("set.csv", message);
        Assert.Contains(where, message);
        Assert.Contains(what, message);
    }

    [Theory]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("C:\\windows\\a.png", "absolute")]
    [InlineData("c:a.png", "absolute")]
    [InlineData("\\\\server\\a.png", "absolute")]
    [InlineData("../a.png", "upwards")]
    [InlineData("b/../a.png", "upwards")]
    [InlineData("b\\..\\..\\a.png", "upwards")]
    [InlineData("https://a.org/a.png", "address")]
    [InlineData("", "empty")]
    public void FromManifest_PathThatLeavesTheFolder_IsRefused(string path, string what)
    {
        var message = Refused($"Label,Image\nx,a.png\ny,{path}\n");
        Assert.Contains("line 3, column 2 ('Image')", message);
        Assert.Contains(what, message);
        Assert.Contains("line 2", Refused($"Image,Mask\na.png,{path}\n", new ManifestOptions { MaskClasses = new("a") }));
    }

    [Fact]
    public void FromManifest_PathsOutsideAllowed_AreResolved()
    {
        using var folder = new TempFolder();
        var path = folder.Write("lists/set.csv", Encoding.UTF8.GetBytes($"Image\n../a.png\n{folder.File("b.png")}\nc/d\\e.png\n"));
        Assert.Equal([folder.File("a.png"), folder.File("b.png"), folder.File("lists/c/d/e.png")], Data.FromManifest(path, new ManifestOptions { AllowPathsOutside = true }).Text("Image"));
        Assert.Contains("address", Refused("Image\nhttp://a.org/a.png\n", new ManifestOptions { AllowPathsOutside = true }));
    }

    [Fact]
    public void FromManifest_OtherFolder_BeginsThere() =>
        Assert.Equal([Path.GetFullPath("/data/x/a.png")], Open("Image\na.png\n", new ManifestOptions { Folder = "/data/x" }).Text("Image"));

    [Theory]
    [InlineData("")]
    [InlineData("Image,Label\n")]
    [InlineData("\n\n")]
    public void FromManifest_Empty_IsRefused(string text) => Assert.Contains("set.csv", Refused(text));

    [Fact]
    public void FromManifest_NotUtf8_SaysSo()
    {
        using var folder = new TempFolder();
        Assert.Contains("UTF-8", Assert.Throws<InvalidDataException>(() => Data.FromManifest(folder.Write("set.csv", [.. "Image\n"u8, 0xE4]))).Message);
    }

    [Fact]
    public void FromManifest_MissingColumn_NamesThoseThatAreThere()
    {
        Assert.Contains("'File', 'Class'", Refused("File,Class\na.png,x\n"));
        Assert.Contains("'kind'", Refused("Image,Class\na.png,x\n", new ManifestOptions { LabelColumn = "kind" }));
        Assert.Contains("ClassNames", Assert.Throws<ArgumentException>(() => Open("Image\na.png\n", new ManifestOptions { ClassNames = ["a"] })).Message);
    }

    [Fact]
    public void FromManifest_TwoColumnsForOneName_AreRefused() =>
        Assert.Contains("'Label'", Assert.Throws<ArgumentException>(() => Open("Image,Label,kind\na.png,x,y\n", new ManifestOptions { LabelColumn = "kind" })).Message);

    [Fact]
    public void FromManifest_MissingFile_NamesIt() => Assert.Contains("nowhere.csv", Assert.Throws<FileNotFoundException>(() => Data.FromManifest("nowhere.csv")).Message);

    [Fact]
    public void Problems_EveryViolatedBound_IsNamed()
    {
        var problems = new ManifestOptions { Delimiter = '"', ImageColumn = " ", LabelColumn = "x", MaskColumn = "X", ClassNames = ["a", "a"], MaskClasses = new() }.Problems().ToList();
        Assert.Equal(5, problems.Count);
        Assert.Empty(new ManifestOptions().Problems());
        Assert.Throws<ArgumentException>(() => Open("Image\na.png\n", new ManifestOptions { ClassNames = [] }));
    }
}
