using System.Management.Automation;
using Fovea.PowerShell;

namespace Fovea.Tests.Commands;

public sealed class ImportImageDatasetTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Import_FolderOfClasses_TellsRowsAndClasses()
    {
        var dataset = _session.Dataset("abc", 5);
        Assert.Equal(("letters", DatasetFormat.Folder, ImageTask.Classification, 15L), (dataset.Name, dataset.Format, dataset.Task, dataset.Rows));
        Assert.Equal(["a", "b", "c"], dataset.ClassNames);
        Assert.Equal(["Image", "Label"], dataset.Columns);
    }

    [Theory]
    [InlineData("letters")]
    [InlineData("./letters")]
    [InlineData("let*")]
    [InlineData("data:/letters")]
    public void Import_PathOfTheSession_IsResolved(string path)
    {
        var folder = _session.Letters();
        _session.Session.AddDrive("data", Path.GetDirectoryName(folder)!);
        var dataset = Assert.IsType<ImageDataset>(Assert.Single(_session.Output(new Call("Import-ImageDataset").At(path))));
        Assert.Equal(folder, dataset.Path);
    }

    [Fact]
    public void Import_LiteralPathWithBrackets_IsNoWildcard()
    {
        var folder = _session.Letters("ab");
        var odd = Path.Combine(Path.GetDirectoryName(folder)!, "set[1]");
        Directory.Move(folder, odd);
        Assert.Equal("PathNotFound", Assert.Single(_session.Run(new Call("Import-ImageDataset").At("set[1]")).Errors).FullyQualifiedErrorId);
        Assert.Equal(odd, ((ImageDataset)Assert.Single(_session.Output(new Call("Import-ImageDataset").With("LiteralPath", "set[1]")))).Path);
    }

    [Fact]
    public void Import_SeveralPathsOneMissing_ReportsItAndGoesOn()
    {
        _session.Letters();
        var result = _session.Run(new Call("Import-ImageDataset").At(new[] { "nowhere", "letters" }));
        var error = Assert.Single(result.Errors);
        Assert.Equal(("PathNotFound", ErrorCategory.ObjectNotFound, "nowhere"), (error.FullyQualifiedErrorId, error.CategoryInfo.Category, error.TargetObject));
        Assert.Single(result.Output);
    }

    [Fact]
    public void Import_PathOfAnotherProvider_IsRefused()
    {
        var error = Assert.Single(_session.Run(new Call("Import-ImageDataset").At("Env:PATH")).Errors);
        Assert.Contains("must be in the file system", error.ToString());
    }

    [Fact]
    public void Import_FolderOfParts_AsksWhich()
    {
        var folder = _session.Letters("ab");
        Directory.CreateDirectory(Path.Combine(folder, "..", "whole"));
        Directory.Move(folder, Path.Combine(folder, "..", "whole", "train"));
        var error = Assert.Single(_session.Run(new Call("Import-ImageDataset").At("whole")).Errors);
        Assert.Contains("-Split train", error.ToString());
        var dataset = (ImageDataset)Assert.Single(_session.Output(new Call("Import-ImageDataset").At("whole").With("Split", "train")));
        Assert.Equal(["a", "b"], dataset.ClassNames);
    }

    [Fact]
    public void Import_FileInfo_BindsByItsPath()
    {
        var folder = _session.Letters();
        var result = _session.Session.Send([new DirectoryInfo(folder)], new Call("Import-ImageDataset"));
        Assert.Equal(36, ((ImageDataset)Assert.Single(result.Output)).Rows);
    }

    [Fact]
    public void Import_Manifest_TakesItsColumns()
    {
        _session.Letters("ab", 2);
        File.WriteAllLines(_session.File("list.csv"), ["file,kind,font", "letters/a/00.png,a,1", "letters/b/00.png,b,2"]);
        var dataset = (ImageDataset)Assert.Single(_session.Output(new Call("Import-ImageDataset").At("list.csv").With("ImageColumn", "file").With("LabelColumn", "kind")));
        Assert.Equal((DatasetFormat.Csv, 2L), (dataset.Format, dataset.Rows));
        Assert.Contains("font", dataset.Columns);
    }

    [Fact]
    public void Import_ParameterOfAnotherFormat_IsRefused()
    {
        _session.Letters("ab");
        var error = Assert.Single(_session.Run(new Call("Import-ImageDataset").At("letters").With("ClassName", new[] { "x", "y" }).With("OneBased")).Errors);
        Assert.Contains("The format Folder knows no -ClassName, -OneBased", error.ToString());
    }

    [Fact]
    public void Import_Masks_NeedTheirClasses()
    {
        _session.File("set/images/x");
        _session.File("set/masks/x");
        var error = Assert.Single(_session.Run(new Call("Import-ImageDataset").At("set")).Errors);
        Assert.Equal("InvalidArgument", error.FullyQualifiedErrorId);
        Assert.Contains("-ClassName", error.ToString());
    }

    [SkippableFact]
    public void Import_IdxFolder_TakesThePartThatIsNamed()
    {
        var folder = TestData.Shared("data/fashion-mnist");
        Assert.Contains("-Split", Assert.Single(_session.Run(new Call("Import-ImageDataset").At(folder)).Errors).ToString());
        var dataset = (ImageDataset)Assert.Single(_session.Output(new Call("Import-ImageDataset").At(folder).With("Split", "test")));
        Assert.Equal((DatasetFormat.Idx, 10_000L, 10), (dataset.Format, dataset.Rows, dataset.ClassNames.Count));
    }

    [SkippableFact]
    public void Import_Voc_IsFoundOutAndNamesItsObjects()
    {
        var folder = TestData.Shared("data/bccd/BCCD");
        var dataset = (ImageDataset)Assert.Single(_session.Output(new Call("Import-ImageDataset").At(folder).With("Split", "test")));
        Assert.Equal((DatasetFormat.Voc, ImageTask.Detection, 72L), (dataset.Format, dataset.Task, dataset.Rows));
        Assert.Contains("RBC", dataset.ClassNames);
    }

    [SkippableFact]
    public void Import_CamVidList_IsASetOfMasks()
    {
        var folder = TestData.Shared("data/camvid/CamVid");
        var dataset = (ImageDataset)Assert.Single(_session.Output(new Call("Import-ImageDataset").At(Path.Combine(folder, "val.txt"))));
        Assert.Equal((DatasetFormat.Mask, ImageTask.Segmentation, 11), (dataset.Format, dataset.Task, dataset.ClassNames.Count));
    }

    [SkippableFact]
    public void Import_Faces_CountsAsPeopleDo()
    {
        var dataset = (ImageDataset)Assert.Single(_session.Output(new Call("Import-ImageDataset").At(TestData.Shared("data/orl-faces")).With("Format", "faces")));
        Assert.Equal(["s1", "s2", "s3"], dataset.ClassNames.Take(3));
    }
}
