using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

public class VocTests
{
    internal static string Xml(string objects, string name = "a.jpg", string size = "<size><width>100</width><height>80</height><depth>3</depth></size>") =>
        $"<annotation>\n<filename>{name}</filename>\n{size}\n{objects}</annotation>";

    internal static string Object(string name, string box, string more = "") =>
        box.Split(' ') is [var x0, var y0, var x1, var y1] ? $"<object><name>{name}</name>{more}\n<bndbox><xmin>{x0}</xmin><ymin>{y0}</ymin><xmax>{x1}</xmax><ymax>{y1}</ymax></bndbox></object>\n" : throw new ArgumentException(box);

    private static TempFolder Set()
    {
        var folder = new TempFolder();
        folder.WriteText("Annotations/a.xml", Xml(Object("dog", "1 2 30 40", "<pose>Left</pose><truncated>1</truncated><difficult>1</difficult><part><name>head</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></part>") + Object("Cat", "5.5 6 5.5 6")));
        folder.WriteText("Annotations/b.xml", Xml("", "b.png"));
        folder.WriteText("ImageSets/Main/train.txt", "b\na  -1\n\n");
        return folder;
    }

    private static InvalidDataException Refused(string xml)
    {
        using var folder = new TempFolder();
        folder.WriteText("Annotations/a.xml", xml);
        return Assert.Throws<InvalidDataException>(() => Annotated.Data.FromVoc(folder.Path));
    }

    [Fact]
    public void FromVoc_Devkit_GivesWhatItsFilesSay()
    {
        using var folder = Set();
        var view = Annotated.Data.FromVoc(folder.Path);
        Assert.Equal(["Cat", "dog"], Annotated.ClassNames(view));
        Assert.Equal(["Image", "ImageWidth", "ImageHeight", "BoundingBoxes", "Labels", "IsDifficult", "IsTruncated", "Poses"], view.Schema.Select(c => c.Name));
        var set = Annotated.Set(view);
        Assert.Equal([Path.Combine(folder.Path, "JPEGImages", "a.jpg"), Path.Combine(folder.Path, "JPEGImages", "b.png")], set.Images.Select(i => i.Path));
        Assert.Equal((100, 80), (set.Images[0].Width, set.Images[0].Height));
        var (dog, cat) = (set.Images[0].Objects[0], set.Images[0].Objects[1]);
        Assert.Equal(new SampleBox(1, 2, 30, 40, 1), dog.Box);
        Assert.Equal((true, true, "Left"), (dog.IsDifficult, dog.IsTruncated, dog.Pose));
        Assert.Equal(new SampleBox(5.5f, 6, 5.5f, 6, 0), cat.Box);
        Assert.Equal((false, false, ""), (cat.IsDifficult, cat.IsTruncated, cat.Pose));
        Assert.Empty(set.Images[1].Objects);
    }

    [Fact]
    public void FromVoc_OneBased_CountsPixelsFromOneAndTakesTheLastIn()
    {
        using var folder = Set();
        var objects = Annotated.Objects(Annotated.Data.FromVoc(folder.Path, oneBased: true));
        Assert.Equal(new SampleBox(0, 1, 30, 40, 1), objects[0].Box);
        Assert.Equal(new SampleBox(4.5f, 5, 5.5f, 6, 0), objects[1].Box);
    }

    [Fact]
    public void FromVoc_Split_TakesItsImagesInItsOrder()
    {
        using var folder = Set();
        var view = Annotated.Data.FromVoc(folder.Path, "train", ["dog", "emu", "Cat"]);
        Assert.Equal(["b.png", "a.jpg"], view.GetColumn<string>("Image").Select(i => Path.GetFileName(i)));
        Assert.Equal([0, 2], Annotated.Objects(view).Select(o => o.Box.Label));
    }

    [Fact]
    public void FromVoc_UnknownSplit_ListsThoseThereAre()
    {
        using var folder = Set();
        Assert.Contains("There are train.", Assert.Throws<FileNotFoundException>(() => Annotated.Data.FromVoc(folder.Path, "val")).Message);
        Assert.Throws<ArgumentException>(() => Annotated.Data.FromVoc(folder.Path, "../train"));
    }

    [Theory]
    [InlineData("a\na", "line 2")]
    [InlineData("\n../a", "line 2")]
    [InlineData(" \n", "no images")]
    public void FromVoc_BadSplit_NamesTheLine(string lines, string wanted)
    {
        using var folder = Set();
        folder.WriteText("ImageSets/Main/odd.txt", lines);
        Assert.Contains(wanted, Assert.Throws<InvalidDataException>(() => Annotated.Data.FromVoc(folder.Path, "odd")).Message);
    }

    [Fact]
    public void FromVoc_ClassNotGiven_NamesItAndItsPlace()
    {
        using var folder = Set();
        var error = Assert.Throws<InvalidDataException>(() => Annotated.Data.FromVoc(folder.Path, classNames: ["dog"]));
        Assert.Contains("'Cat'", error.Message);
        Assert.Contains("a.xml' (line 6", error.Message);
        Assert.Throws<ArgumentException>(() => Annotated.Data.FromVoc(folder.Path, classNames: ["dog", "dog"]));
    }

    [Fact]
    public void FromVoc_EntityExpansion_IsRefused()
    {
        var error = Refused("<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;\">]>\n<annotation><filename>&lol2;</filename></annotation>");
        Assert.Contains("document type", error.Message);
        Assert.Contains("a.xml' (line 2", error.Message);
    }

    [Fact]
    public void FromVoc_ExternalEntity_IsRefused() =>
        Assert.Contains("document type", Refused("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<annotation><filename>&x;</filename></annotation>").Message);

    [Theory]
    [InlineData("<annotation>\n<filename>a.jpg</filname></annotation>", "(line 2, column ", "no XML")]
    [InlineData("", "(line ", "no XML")]
    [InlineData("<html/>", "(line 1, column ", "<html>")]
    public void FromVoc_Malformed_NamesLineAndColumn(string xml, string place, string problem)
    {
        var error = Refused(xml);
        Assert.Contains(place, error.Message);
        Assert.Contains(problem, error.Message);
    }

    [Theory]
    [InlineData("1 2 x 4", "<xmax> must be a number")]
    [InlineData("1 2 NaN 4", "<xmax> must be a number")]
    [InlineData("5 2 1 4", "ends before it begins")]
    public void FromVoc_BadBox_NamesTheLine(string box, string wanted)
    {
        var error = Refused(Xml(Object("dog", box)));
        Assert.Contains(wanted, error.Message);
        Assert.Contains("(line 5", error.Message);
    }

    [Theory]
    [InlineData("<object><bndbox/></object>", "<object> has no <name>")]
    [InlineData("<object><name>x</name></object>", "<object> has no <bndbox>")]
    [InlineData("<object><name>x</name><bndbox/></object>", "<bndbox> has no <xmin>")]
    public void FromVoc_MissingElement_NamesIt(string element, string wanted) => Assert.Contains(wanted, Refused(Xml(element)).Message);

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../secret.jpg")]
    [InlineData("..\\secret.jpg")]
    [InlineData("C:\\secret.jpg")]
    public void FromVoc_FileNameOutside_IsRefusedUnlessAllowed(string name)
    {
        Assert.Contains("allowPathsOutside", Refused(Xml(Object("dog", "1 2 3 4"), name)).Message);
        using var folder = new TempFolder();
        folder.WriteText("Annotations/a.xml", Xml(Object("dog", "1 2 3 4"), name));
        Assert.Equal(1, Annotated.Data.FromVoc(folder.Path, allowPathsOutside: true).GetRowCount());
    }

    [Fact]
    public void FromVoc_NoSize_IsReadFromTheImage()
    {
        using var folder = new TempFolder();
        folder.WriteText("Annotations/a.xml", Xml(Object("dog", "1 2 3 4"), "a.pgm", ""));
        Assert.Contains("a.pgm", Assert.Throws<FileNotFoundException>(() => Annotated.Data.FromVoc(folder.Path)).Message);
        folder.WriteImage("JPEGImages/a.pgm", 7, 5);
        var view = Annotated.Data.FromVoc(folder.Path);
        Assert.Equal((7, 5), (view.GetColumn<int>("ImageWidth").Single(), view.GetColumn<int>("ImageHeight").Single()));
    }

    [Fact]
    public void FromVoc_NothingThere_SaysWhatIsWanted()
    {
        using var folder = new TempFolder();
        Assert.Contains("JPEGImages", Assert.Throws<DirectoryNotFoundException>(() => Annotated.Data.FromVoc(folder.Path)).Message);
        Directory.CreateDirectory(folder.File("Annotations/x")[..^2]);
        Assert.Contains("no .xml", Assert.Throws<InvalidDataException>(() => Annotated.Data.FromVoc(folder.Path)).Message);
    }

    [SkippableFact]
    public void FromVoc_Bccd_HasItsCounts()
    {
        var path = TestData.Shared("data/bccd/BCCD");
        var rows = new[] { "train", "val", "trainval", "test" }.Select(split => Annotated.Data.FromVoc(path, split).GetRowCount());
        Assert.Equal([205L, 87, 292, 72], rows.Select(r => r!.Value));
        var view = Annotated.Data.FromVoc(path);
        Assert.Equal(364, view.GetRowCount());
        Assert.Equal(["Platelets", "RBC", "WBC"], Annotated.ClassNames(view));
        Assert.Equal(new Dictionary<string, int> { ["RBC"] = 4155, ["WBC"] = 372, ["Platelets"] = 361 }, Annotated.Counts(view));
        Assert.Equal([new SampleBox(504, 337, 504, 337, 0), new SampleBox(181, 329, 181, 329, 0)],
            Annotated.Objects(view).Where(o => o.Box.Area == 0).Select(o => o.Box with { Label = 0 }));
        Assert.All(Annotated.Set(view).Images, i => Assert.Equal((i.Width, i.Height), ImageSize.Read(i.Path)));
    }
}
