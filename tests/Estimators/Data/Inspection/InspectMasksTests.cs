using Fovea.Tests.Classification;
using Microsoft.ML;

namespace Fovea.Tests.Data;

public class InspectMasksTests
{
    private static readonly MLContext Ml = new(1);
    private static readonly MaskClasses Three = new("ground", "tree", "void") { IgnoreIndex = 2 };

    private static byte[] Mask(Func<int, int, byte> value, int width = Photos.Width, int height = Photos.Height) =>
        Png.Encode(width, height, 1, [.. Enumerable.Range(0, width * height).Select(i => value(i % width, i / width))]);

    /// <summary>A good row, then one with the mask.</summary>
    private static DatasetReport Inspect(MaskClasses? classes, byte[] mask, byte[]? good = null)
    {
        using var folder = new TempFolder();
        var view = new ListView.Builder().Text("Image", [folder.Write("a.png", Photos.File(1)), folder.Write("b.png", Photos.File(2))])
            .Mask(classes, [folder.Write("masks/a.png", good ?? Mask((x, _) => (byte)(x < 20 ? 1 : x < 30 ? 2 : 0))), folder.Write("masks/b.png", mask)]).Build();
        return Ml.Vision.Data.Inspect(view);
    }

    private static DatasetFinding Only(DatasetReport report, FindingKind kind, FindingSeverity severity)
    {
        var finding = Assert.Single(report.Findings);
        Assert.Equal((kind, severity, 1L), (finding.Kind, finding.Severity, finding.Row));
        Assert.EndsWith("masks/b.png", finding.File);
        return finding;
    }

    [Fact]
    public void Inspect_GoodMasks_FindsNothingAndCountsPixels()
    {
        var report = Inspect(Three, Mask((x, y) => (byte)(y < 30 ? 1 : 0)));
        Assert.Empty(report.Findings);
        var masks = report.Masks!;
        Assert.Equal("pixels", masks.Unit);
        // First: 20 columns of 160 tree, 10 void; second: the upper 30 rows of 120 tree.
        Assert.Equal([("ground", 130L * 120 + 160 * 90, 2L), ("tree", 20L * 120 + 160 * 30, 2L)], masks.Classes.Select(c => (c.Name, c.Count, c.Images)));
        Assert.Equal(10 * 120, masks.Unclassified);
        Assert.Equal((15600.0 + 14400) / (38400 - 1200), masks.Classes[0].Share, 12); // rounding of one division
    }

    [Fact]
    public void Inspect_ValueThatIsNoClass_NamesItAndThePixel()
    {
        var finding = Only(Inspect(Three, Mask((x, y) => (byte)(x == 5 && y == 7 ? 9 : x == 6 && y == 7 ? 200 : 1))), FindingKind.UnknownMaskValue, FindingSeverity.Error);
        Assert.Contains("value 9 at (5, 7)", finding.Message);
        Assert.Contains("2 have no class: values 9, 200", finding.Message);
    }

    [Fact]
    public void Inspect_BlackAndWhiteMasks_GoByTheirValues()
    {
        var classes = new MaskClasses("membrane", "cell") { Values = [0, 255] };
        var good = Mask((x, _) => (byte)(x < 20 ? 255 : 0));
        Assert.Empty(Inspect(classes, Mask((x, _) => (byte)(x < 40 ? 255 : 0)), good).Findings);
        Only(Inspect(classes, Mask((x, _) => (byte)(x < 40 ? 254 : 0)), good), FindingKind.UnknownMaskValue, FindingSeverity.Error);
    }

    [Fact]
    public void Inspect_MaskOfAnotherSize_IsFound()
    {
        var finding = Only(Inspect(Three, Mask((x, _) => (byte)(x % 2), 159, 120)), FindingKind.MaskSizeMismatch, FindingSeverity.Error);
        Assert.Contains("159 x 120", finding.Message);
        Assert.Contains("160 x 120", finding.Message);
    }

    [Fact]
    public void Inspect_MaskOfBackground_IsEmpty() => Only(Inspect(Three, Mask((_, _) => 0)), FindingKind.EmptyMask, FindingSeverity.Note);

    [Fact]
    public void Inspect_MaskOfIgnored_IsEmpty() => Only(Inspect(Three, Mask((_, _) => 2)), FindingKind.EmptyMask, FindingSeverity.Warning);

    [Fact]
    public void Inspect_MaskOfColors_IsUnreadable() => Only(Inspect(Three, Photos.File(3)), FindingKind.UnreadableMask, FindingSeverity.Error);

    [Fact]
    public void Inspect_MaskOfText_IsUnreadable() => Only(Inspect(Three, [.. "no mask"u8]), FindingKind.UnreadableMask, FindingSeverity.Error);

    [Fact]
    public void Inspect_MasksWithoutNames_CountTheirValues()
    {
        var report = Inspect(null, Mask((x, _) => (byte)(x < 40 ? 7 : 0)));
        Assert.Empty(report.Findings);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7"], report.Masks!.Classes.Select(c => c.Name));
        Assert.Equal(40 * 120, report.Masks.Classes[7].Count);
    }

    [Fact]
    public void Inspect_ClassWithoutPixels_IsUnused()
    {
        var finding = Assert.Single(Inspect(new MaskClasses("ground", "tree", "void", "car") { IgnoreIndex = 2 }, Mask((x, _) => (byte)(x % 2))).Findings);
        Assert.Equal((FindingKind.UnusedClass, "car"), (finding.Kind, finding.ClassName));
    }
}
