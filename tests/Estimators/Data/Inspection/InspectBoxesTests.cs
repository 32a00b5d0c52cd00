using Microsoft.ML;

namespace Fovea.Tests.Data;

public class InspectBoxesTests
{
    private static readonly MLContext Ml = new(1);

    private static DatasetReport Inspect(float[] boxes, int[]? labels = null, Action<ListView.Builder>? more = null)
    {
        using var folder = new TempFolder();
        var builder = new ListView.Builder().Text("Image", [folder.Write("a.png", Photos.File(1))]).Boxes(["cell"], [boxes], labels is null ? null : [labels]);
        more?.Invoke(builder);
        return Ml.Vision.Data.Inspect(builder.Build());
    }

    [Theory]
    [InlineData(10, 10, 10, 10, FindingKind.InvalidBox, FindingSeverity.Error)]
    [InlineData(10, 10, 30, 10, FindingKind.InvalidBox, FindingSeverity.Error)]
    [InlineData(30, 10, 10, 20, FindingKind.InvalidBox, FindingSeverity.Error)]
    [InlineData(float.NaN, 10, 30, 20, FindingKind.InvalidBox, FindingSeverity.Error)]
    [InlineData(0, 0, float.PositiveInfinity, 20, FindingKind.InvalidBox, FindingSeverity.Error)]
    [InlineData(190, 10, 199, 20, FindingKind.BoxOutsideImage, FindingSeverity.Error)]
    [InlineData(-20, -20, 0, 0, FindingKind.BoxOutsideImage, FindingSeverity.Error)]
    [InlineData(150, 10, 170, 20, FindingKind.BoxOutsideImage, FindingSeverity.Warning)]
    [InlineData(-1, 10, 20, 20, FindingKind.BoxOutsideImage, FindingSeverity.Warning)]
    [InlineData(10, 10, 12.5, 40, FindingKind.SmallBox, FindingSeverity.Note)]
    public void Inspect_BadBox_IsFoundOnce(float x0, float y0, float x1, float y1, FindingKind kind, FindingSeverity severity)
    {
        var finding = Assert.Single(Inspect([5, 5, 20, 20, x0, y0, x1, y1]).Findings);
        Assert.Equal((kind, severity, 0L, 1, "cell"), (finding.Kind, finding.Severity, finding.Row, finding.Object, finding.ClassName));
        Assert.EndsWith("a.png", finding.File);
    }

    [Theory]
    [InlineData(0, 0, 160, 120)] // the whole image
    [InlineData(-0.4, 0, 160.4, 120)] // rounded fractions
    [InlineData(10, 10, 13, 13)]
    public void Inspect_GoodBox_IsNotFound(float x0, float y0, float x1, float y1) => Assert.Empty(Inspect([x0, y0, x1, y1]).Findings);

    [Fact]
    public void Inspect_NoObjects_IsFine()
    {
        var report = Inspect([], []);
        Assert.Equal([FindingKind.UnusedClass], report.Findings.Select(f => f.Kind)); // of the class, not of the image
        Assert.Equal(0, report.Objects!.Classes[0].Count);
    }

    [Fact]
    public void Inspect_CountsDisagree_IsBroken()
    {
        var report = Inspect([1, 2, 30, 40, 5], [0]);
        Assert.Contains(report.Findings, f => f.Kind == FindingKind.BrokenObjects && f.Row == 0);
    }

    [Fact]
    public void Inspect_ObjectWithoutLabel_IsFound()
    {
        var finding = Assert.Single(Inspect([1, 2, 30, 40, 5, 5, 20, 20], [0, -1]).Findings);
        Assert.Equal((FindingKind.MissingLabel, 1), (finding.Kind, finding.Object));
    }

    [Theory]
    [InlineData(160, 120, false)]
    [InlineData(0, 0, false)] // not stated
    [InlineData(120, 160, true)]
    [InlineData(800, 600, true)]
    public void Inspect_StatedSize_IsComparedWithTheImage(int width, int height, bool isFound)
    {
        var report = Inspect([1, 2, 30, 40], null, b => b.Int32("ImageWidth", [width]).Int32("ImageHeight", [height]));
        Assert.Equal(isFound ? [FindingKind.ImageSizeMismatch] : [], report.Findings.Select(f => f.Kind));
    }

    [Fact]
    public void Inspect_Objects_AreCountedByClassAndImage()
    {
        using var folder = new TempFolder();
        var view = new ListView.Builder().Text("Image", [folder.Write("a.png", Photos.File(1)), folder.Write("b.png", Photos.File(2))])
            .Boxes(["red", "white"], [[1, 1, 9, 9, 2, 2, 9, 9, 3, 3, 9, 9], [1, 1, 9, 9]], [[0, 0, 1], [0]]).Build();
        var report = Ml.Vision.Data.Inspect(view);
        Assert.Empty(report.Findings);
        Assert.Equal([new ClassCount("red", 3, 2, 0.75), new ClassCount("white", 1, 1, 0.25)], report.Objects!.Classes);
        Assert.Equal(3, report.Objects.Imbalance);
        Assert.Null(report.Labels);
    }

    [Fact]
    public void Inspect_SameImageOtherBoxes_Conflicts()
    {
        using var folder = new TempFolder();
        string[] images = [folder.Write("a.png", Photos.File(1)), folder.Write("b.png", Photos.File(1)), folder.Write("c.png", Photos.File(1))];
        var view = new ListView.Builder().Text("Image", images).Boxes(["red"], [[1, 1, 9, 9, 20, 20, 30, 30], [20, 20, 30, 30, 1, 1, 9, 9], [1, 1, 9, 10]]).Build();
        var report = Ml.Vision.Data.Inspect(view);
        // The order of the objects is no difference.
        Assert.Equal([(FindingKind.ConflictingLabels, 2L), (FindingKind.ExactDuplicate, 1L)], report.Findings.Select(f => (f.Kind, f.Row!.Value)));
    }

    [Fact]
    public void Inspect_TurnedImageWithBoxes_IsAWarning()
    {
        var view = new ListView.Builder().Text("Image", [TestData.Reference("data/images/exif8.jpg")]).Boxes(["red"], [[1, 1, 6, 6]]).Build();
        var finding = Assert.Single(Ml.Vision.Data.Inspect(view).Findings);
        Assert.Equal((FindingKind.RotatedImage, FindingSeverity.Warning), (finding.Kind, finding.Severity));
    }
}
