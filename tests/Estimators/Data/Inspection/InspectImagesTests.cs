using Fovea.Native;
using Microsoft.ML;

namespace Fovea.Tests.Data;

public class InspectImagesTests
{
    private static readonly MLContext Ml = new(1);

    private static DatasetReport Inspect(TempFolder folder, Action<ListView.Builder>? more = null, InspectionOptions? options = null, params (string Name, byte[]? File)[] files)
    {
        var builder = new ListView.Builder().Text("Image", [.. files.Select(f => f.File is null ? folder.File(f.Name) : folder.Write(f.Name, f.File))]);
        more?.Invoke(builder);
        return Ml.Vision.Data.Inspect(builder.Build(), options);
    }

    private static DatasetFinding Only(DatasetReport report)
    {
        var finding = Assert.Single(report.Findings);
        Assert.Equal("", finding.Split);
        return finding;
    }

    [Fact]
    public void Inspect_FolderOfDistinctImages_FindsNothing()
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 60; i++)
            folder.Write($"{(i % 3 == 0 ? "cat" : "dog")}/{i:00}.png", Photos.File(i));
        var report = Ml.Vision.Data.Inspect(Ml.Vision.Data.FromFolder(folder.Path));
        Assert.Empty(report.Findings);
        Assert.True(report.IsUsable);
        Assert.Equal((60, 0), (report.Rows, report.Unreadable));
        Assert.Equal([new ClassCount("cat", 20, 20, 1 / 3.0), new ClassCount("dog", 40, 40, 2 / 3.0)], report.Labels!.Classes);
        Assert.Equal(2, report.Labels.Imbalance);
        Assert.Equal([new ImageSizeCount(160, 120, 60)], report.ImageSizes);
        Assert.Equal([new ImageModeCount(ImageMode.Rgb, 60)], report.ImageModes);
        Assert.Equal((new SizeSpread(160, 160, 160), new SizeSpread(120, 120, 120)), (report.Width, report.Height));
        Assert.Null(report.Objects);
        Assert.Null(report.Masks);
    }

    [Theory]
    [InlineData("text.png", "this is no image", "this is no i")]
    [InlineData("empty.png", "", "empty")]
    [InlineData("missing.png", null, "no image file")]
    public void Inspect_FileThatIsNoImage_SaysWhyAndGoesOn(string name, string? content, string reason)
    {
        using var folder = new TempFolder();
        var report = Inspect(folder, null, null, ("a.png", Photos.File(1)), (name, content is null ? null : System.Text.Encoding.ASCII.GetBytes(content)), ("b.png", Photos.File(2)));
        var finding = Only(report);
        Assert.Equal((FindingKind.UnreadableImage, FindingSeverity.Error, 1L), (finding.Kind, finding.Severity, finding.Row));
        Assert.Equal(folder.File(name), finding.File);
        Assert.Contains(reason, finding.Message);
        Assert.Equal((3, 1, 2), (report.Rows, report.Unreadable, report.ImageSizes.Sum(s => s.Count)));
        Assert.False(report.IsUsable);
    }

    [SkippableFact]
    public void Inspect_TruncatedJpeg_IsUnreadable()
    {
        Skip.IfNot(ImageCodec.IsAvailable, "the native codec is not here");
        using var folder = new TempFolder();
        var jpeg = ImageCodec.Encode(ImageFileFormat.Jpeg, Photos.Rgb(3), Photos.Width, Photos.Height, PixelChannels.Rgb);
        var finding = Only(Inspect(folder, null, null, ("whole.jpg", jpeg), ("cut.jpg", jpeg[..(jpeg.Length * 2 / 3)])));
        Assert.Equal((FindingKind.UnreadableImage, 1L), (finding.Kind, finding.Row));
    }

    [Fact]
    public void Inspect_EveryKindOfReferenceImage_TellsItsMode()
    {
        (string File, ImageMode Mode)[] expected =
        [
            ("bilevel.png", ImageMode.Grey), ("grey.jpg", ImageMode.Grey), ("grey.pgm", ImageMode.Grey), ("grey.png", ImageMode.Grey), ("grey-alpha.png", ImageMode.GreyAlpha),
            ("grey16.pgm", ImageMode.Grey16), ("grey16.png", ImageMode.Grey16), ("palette.png", ImageMode.Palette), ("palette-transparent.png", ImageMode.Palette), ("rgb.jpg", ImageMode.Rgb),
            ("rgb.png", ImageMode.Rgb), ("rgb.ppm", ImageMode.Rgb), ("rgb16.png", ImageMode.Rgb16), ("rgba.png", ImageMode.Rgba), ("cmyk.jpg", ImageMode.Cmyk),
        ];
        var view = new ListView.Builder().Text("Image", [.. expected.Select(e => TestData.Reference($"data/images/{e.File}"))]).Build();
        var report = Ml.Vision.Data.Inspect(view);
        Assert.Equal(0, report.Unreadable);
        Assert.Equal(expected.GroupBy(e => e.Mode).Select(g => new ImageModeCount(g.Key, g.Count())).OrderBy(m => m.Mode), report.ImageModes.OrderBy(m => m.Mode));
    }

    [Fact]
    public void Inspect_TurnedImage_IsANoteAndCountsUpright()
    {
        var view = new ListView.Builder().Text("Image", [TestData.Reference("data/images/exif6.jpg")]).Build();
        var report = Ml.Vision.Data.Inspect(view);
        var finding = Only(report);
        Assert.Equal((FindingKind.RotatedImage, FindingSeverity.Note), (finding.Kind, finding.Severity));
        Assert.Contains("orientation 6", finding.Message);
        var stored = ImageProbeSize(TestData.Reference("data/images/exif6.jpg"));
        Assert.Equal([new ImageSizeCount(stored.Height, stored.Width, 1)], report.ImageSizes);
    }

    private static (int Width, int Height) ImageProbeSize(string path)
    {
        // The frame header of a baseline JPEG: FF C0, length, bits, height, width.
        var file = File.ReadAllBytes(path);
        var at = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        return (file[at + 7] << 8 | file[at + 8], file[at + 5] << 8 | file[at + 6]);
    }

    [Fact]
    public void Inspect_SamePixelsInAnotherFile_IsAnExactDuplicate()
    {
        using var folder = new TempFolder();
        var finding = Only(Inspect(folder, null, null, ("a.png", Photos.File(1)), ("b.png", Photos.File(2)), ("copy.ppm", Photos.Ppm(1))));
        Assert.Equal((FindingKind.ExactDuplicate, FindingSeverity.Warning, 2L, 0L, 0), (finding.Kind, finding.Severity, finding.Row, finding.OtherRow, finding.Distance));
        Assert.Equal((folder.File("copy.ppm"), folder.File("a.png")), (finding.File, finding.OtherFile));
    }

    [Fact]
    public void Inspect_FourCopies_AreThreeFindings()
    {
        using var folder = new TempFolder();
        var report = Inspect(folder, null, null, ("a.png", Photos.File(1)), ("b.png", Photos.File(1)), ("c.png", Photos.File(1)), ("d.png", Photos.File(1)));
        Assert.Equal([1L, 2L, 3L], report.Of(FindingKind.ExactDuplicate).Select(f => f.Row!.Value));
        Assert.Equal(3, report.Findings.Count);
    }

    [Theory]
    [InlineData(80, 60, 0)] // half the size
    [InlineData(320, 240, 0)]
    [InlineData(160, 120, 25)] // brighter
    [InlineData(120, 120, 10)] // another aspect
    public void Inspect_ChangedCopy_IsANearDuplicateOnce(int width, int height, double brighter)
    {
        using var folder = new TempFolder();
        var finding = Only(Inspect(folder, null, null, ("a.png", Photos.File(1)), ("b.png", Photos.File(2)), ("c.png", Photos.File(1, width, height, brighter))));
        Assert.Equal((FindingKind.NearDuplicate, FindingSeverity.Warning, 2L, 0L), (finding.Kind, finding.Severity, finding.Row, finding.OtherRow));
        Assert.InRange(finding.Distance!.Value, 0, 16);
        Assert.Empty(Inspect(folder, null, new() { NearDistance = null }, ("a.png", null), ("c.png", null)).Findings);
    }

    [Fact]
    public void Inspect_PlainImages_DoNotLookAlike()
    {
        using var folder = new TempFolder();
        var black = new byte[30 * 30 * 3];
        var grey = black.Select(_ => (byte)90).ToArray();
        var report = Inspect(folder, null, null, ("black.png", Classification.Png.Encode(30, 30, 3, black)), ("grey.png", Classification.Png.Encode(30, 30, 3, grey)));
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void Inspect_DuplicateWithAnotherLabel_Conflicts()
    {
        using var folder = new TempFolder();
        var report = Inspect(folder, b => b.Label(["cat", "dog"], [0, 1, 1, 1]), null, ("a.png", Photos.File(1)), ("b.png", Photos.File(2)), ("c.png", Photos.File(1)), ("d.png", Photos.File(2, 80, 60)));
        Assert.Equal([FindingKind.ConflictingLabels, FindingKind.NearDuplicate], report.Findings.Select(f => f.Kind));
        Assert.Equal((FindingSeverity.Error, 2L), (report.Findings[0].Severity, report.Findings[0].Row));
        Assert.Contains("'dog' here and 'cat' there", report.Findings[0].Message);
    }

    [Fact]
    public void Inspect_NearDuplicateWithAnotherLabel_IsAWarning()
    {
        using var folder = new TempFolder();
        var finding = Only(Inspect(folder, b => b.Label(["cat", "dog"], [0, 1]), null, ("a.png", Photos.File(1)), ("b.png", Photos.File(1, 80, 60))));
        Assert.Equal((FindingKind.ConflictingLabels, FindingSeverity.Warning), (finding.Kind, finding.Severity));
    }

    [Fact]
    public void Inspect_LabelsMissing_AreEachFound()
    {
        using var folder = new TempFolder();
        var report = Inspect(folder, b => b.Label(["cat", "dog"], [0, -1, 1]), null, ("a.png", Photos.File(1)), ("b.png", Photos.File(2)), ("c.png", Photos.File(3)));
        var finding = Only(report);
        Assert.Equal((FindingKind.MissingLabel, FindingSeverity.Error, 1L), (finding.Kind, finding.Severity, finding.Row));
        Assert.Equal(1, report.Labels!.Unclassified);

        finding = Only(Inspect(folder, b => b.Text("Label", ["cat", " ", "dog"]), null, ("a.png", null), ("b.png", null), ("c.png", null)));
        Assert.Equal((FindingKind.MissingLabel, 1L), (finding.Kind, finding.Row));
    }

    [Fact]
    public void Inspect_UnusedAndUnknownClasses_AreFoundOnceEach()
    {
        using var folder = new TempFolder();
        (string, byte[]?)[] files = [("a.png", Photos.File(1)), ("b.png", Photos.File(2)), ("c.png", Photos.File(3))];
        var finding = Only(Inspect(folder, b => b.Label(["cat", "dog", "eel"], [0, 2, 2]), null, files));
        Assert.Equal((FindingKind.UnusedClass, FindingSeverity.Warning, "dog", null), (finding.Kind, finding.Severity, finding.ClassName, finding.Row));

        var report = Inspect(folder, b => b.Text("Label", ["dog", "cat", "cat"]), new() { ClassNames = ["cat", "fox"] }, files);
        Assert.Equal([(FindingKind.UnknownClass, "dog"), (FindingKind.UnusedClass, "fox")], report.Findings.Select(f => (f.Kind, f.ClassName!)));
        Assert.Equal(["cat", "dog"], report.Labels!.Classes.Select(c => c.Name)); // in ordinal order, whichever came first
        Assert.Equal([2L, 1L], report.Labels.Classes.Select(c => c.Count));
    }

    [Fact]
    public void Inspect_MLImages_AreInspectedToo()
    {
        var report = Ml.Vision.Data.Inspect(Samples.View(Ml, 9), new() { NearDistance = null });
        Assert.Empty(report.Findings);
        Assert.Equal([new ImageSizeCount(Samples.Width, Samples.Height, 9)], report.ImageSizes);
        Assert.Equal([new ImageModeCount(ImageMode.Rgb, 9)], report.ImageModes);
        Assert.Equal(["a", "b", "c"], report.Labels!.Classes.Select(c => c.Name));
    }

    [Fact]
    public void Inspect_Bytes_AreInspectedToo()
    {
        var report = Ml.Vision.Data.Inspect(Samples.BytesView(Ml, 9), new() { NearDistance = null });
        Assert.Empty(report.Findings);
        Assert.Equal([new ImageSizeCount(Samples.Width, Samples.Height, 9)], report.ImageSizes);
    }

    [Fact]
    public void Inspect_EmptyView_SaysZero()
    {
        var report = Ml.Vision.Data.Inspect(new ListView.Builder().Text("Image", []).Build());
        Assert.Equal(0, report.Rows);
        Assert.Empty(report.Findings);
        Assert.Null(report.Width);
        Assert.Contains("0 images", report.ToText());
    }
}
