using System.Text.Json;
using Microsoft.ML;

namespace Fovea.Tests.Data;

public class InspectSplitsTests
{
    private static readonly MLContext Ml = new(1);

    private static IDataView View(TempFolder folder, string[] names, params (string File, byte[] Content, int Label)[] rows) =>
        new ListView.Builder().Text("Image", [.. rows.Select(r => folder.Write(r.File, r.Content))]).Label(names, [.. rows.Select(r => r.Label)]).Build();

    [Fact]
    public void Inspect_SameImageInTwoSplits_IsAnError()
    {
        using var folder = new TempFolder();
        var train = View(folder, ["cat", "dog"], ("train/a.png", Photos.File(1), 0), ("train/b.png", Photos.File(2), 1), ("train/c.png", Photos.File(3), 1));
        var test = View(folder, ["cat", "dog"], ("test/x.png", Photos.File(4), 0), ("test/y.png", Photos.File(2), 1), ("test/z.png", Photos.File(3, 80, 60), 1));
        var report = Ml.Vision.Data.Inspect([("train", train), ("test", test)]);
        Assert.Equal(2, report.Findings.Count);
        var (exact, near) = (report.Findings[0], report.Findings[1]);
        Assert.Equal((FindingKind.SharedBetweenSplits, FindingSeverity.Error, "test", 1L, "train", 1L), (exact.Kind, exact.Severity, exact.Split, exact.Row, exact.OtherSplit, exact.OtherRow));
        Assert.Equal((FindingKind.SharedBetweenSplits, FindingSeverity.Warning, "test", 2L, "train", 2L), (near.Kind, near.Severity, near.Split, near.Row, near.OtherSplit, near.OtherRow));
        Assert.Equal([("train", 3L), ("test", 3L)], report.Splits.Select(s => (s.Name, s.Rows)));
        Assert.Equal([2L, 4L], report.Labels!.Classes.Select(c => c.Count));
        Assert.Equal(6, report.Rows);
    }

    [Fact]
    public void Inspect_ClassTheFirstViewLacks_IsUnknown()
    {
        using var folder = new TempFolder();
        var train = View(folder, ["cat", "dog"], ("a.png", Photos.File(1), 0), ("b.png", Photos.File(2), 1));
        var test = View(folder, ["dog", "eel"], ("c.png", Photos.File(3), 0), ("d.png", Photos.File(4), 1));
        var report = Ml.Vision.Data.Inspect([("train", train), ("test", test)]);
        Assert.Equal([(FindingKind.UnknownClass, "test", "eel"), (FindingKind.UnusedClass, "test", "cat")], report.Findings.Select(f => (f.Kind, f.Split, f.ClassName!)));
    }

    [Fact]
    public void Inspect_LabelsOfOtherKeys_CompareByName()
    {
        using var folder = new TempFolder();
        // The same class with another number is no conflict.
        var train = View(folder, ["cat", "dog"], ("a.png", Photos.File(1), 0), ("b.png", Photos.File(2), 1));
        var test = View(folder, ["dog", "cat"], ("c.png", Photos.File(1), 1), ("d.png", Photos.File(4), 0));
        var finding = Assert.Single(Ml.Vision.Data.Inspect([("train", train), ("test", test)]).Findings);
        Assert.DoesNotContain("labelled", finding.Message);
    }

    [Fact]
    public void Inspect_AnyNumberOfThreads_ReportsTheSame()
    {
        using var folder = new TempFolder();
        var rows = Enumerable.Range(0, 50).Select(i => ($"{i}.png", i % 11 == 5 ? [1, 2, 3] : Photos.File(i % 37, i % 7 == 3 ? 80 : 160, i % 7 == 3 ? 60 : 120), i % 3)).ToArray();
        var view = View(folder, ["a", "b", "c"], rows);
        var reports = new[] { 1, 2, 7 }.Select(threads => Ml.Vision.Data.Inspect(view, new() { Threads = threads })).ToList();
        Assert.True(reports[0].Findings.Count > 10);
        foreach (var report in reports)
        {
            Assert.Equal(reports[0].Findings, report.Findings);
            Assert.Equal(reports[0].Labels!.Classes, report.Labels!.Classes);
            Assert.Equal(reports[0].ImageSizes, report.ImageSizes);
        }
    }

    [Fact]
    public void Inspect_Canceled_Stops()
    {
        using var folder = new TempFolder();
        var view = View(folder, ["a"], [.. Enumerable.Range(0, 60).Select(i => ($"{i}.png", Photos.File(1), 0))]);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Ml.Vision.Data.Inspect(view, new() { Cancellation = source.Token }));
    }

    private sealed class Heard : IProgress<InspectionProgress>
    {
        public List<InspectionProgress> Reports { get; } = [];

        public void Report(InspectionProgress value) => Reports.Add(value);
    }

    [Fact]
    public void Inspect_Progress_EndsAtAllRowsOfEachView()
    {
        using var folder = new TempFolder();
        var view = View(folder, ["a"], ("a.png", Photos.File(1), 0), ("b.png", Photos.File(2), 0));
        var heard = new Heard();
        Ml.Vision.Data.Inspect([("one", view), ("two", view)], new() { Progress = heard });
        Assert.Contains(new InspectionProgress("one", 2, 2), heard.Reports);
        Assert.Equal(new InspectionProgress("two", 2, 2), heard.Reports[^1]);
    }

    [Fact]
    public void Inspect_BadOptions_NamesEveryProblem()
    {
        var view = new ListView.Builder().Text("Image", []).Build();
        var error = Assert.Throws<ArgumentException>(() => Ml.Vision.Data.Inspect(view, new() { NearDistance = 33, Threads = -1, SmallBoxSide = double.NaN, ClassNames = ["a", "a"] }));
        foreach (var part in new[] { "NearDistance", "33", "Threads", "SmallBoxSide", "'a'" })
            Assert.Contains(part, error.Message);
        Assert.Contains("'Picture'", Assert.Throws<ArgumentException>(() => Ml.Vision.Data.Inspect(view, new() { ImageColumn = "Picture" })).Message);
        // A column that was named must be there; the usual one may be absent.
        Assert.Contains("'Class'", Assert.Throws<ArgumentException>(() => Ml.Vision.Data.Inspect(view, new() { LabelColumn = "Class" })).Message);
    }

    [Fact]
    public void Inspect_BadViews_Throws()
    {
        var view = new ListView.Builder().Text("Image", []).Build();
        Assert.Throws<ArgumentException>(() => Ml.Vision.Data.Inspect([]));
        Assert.Throws<ArgumentException>(() => Ml.Vision.Data.Inspect([("a", view), ("a", view)]));
        Assert.Throws<ArgumentException>(() => Ml.Vision.Data.Inspect([(" ", view)]));
    }

    [Fact]
    public void ToText_Findings_LeadAndFilesAreShortened()
    {
        using var folder = new TempFolder();
        var train = View(folder, ["cat", "dog"], [.. Enumerable.Range(0, 15).Select(i => ($"train/{i}.png", i > 2 ? [9] : Photos.File(i), i % 2))]);
        var test = View(folder, ["cat", "dog"], ("test/x.png", Photos.File(1), 0), ("test/y.png", Photos.File(40), 1));
        var report = Ml.Vision.Data.Inspect([("train", train), ("test", test)]);
        var lines = report.ToText(3).Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
        Assert.StartsWith("17 images (12 unreadable) in 2 views: 13 errors, 0 warnings, 0 notes", lines[0]);
        Assert.Equal("Errors: to be mended before training", lines[2]);
        Assert.Equal("  12 unreadable images", lines[3]);
        Assert.StartsWith("    train row 3: train/3.png: ", lines[4]);
        Assert.Equal("    ... and 9 more", lines[7]);
        Assert.Contains("  1 image that is in another view too", lines);
        Assert.Contains(lines, l => l.StartsWith("    test row 0: test/x.png: ") && l.Contains("'train/1.png' (row 1) of 'train'"));
        Assert.Contains($"Files lie below {folder.Path}{Path.DirectorySeparatorChar}", lines);
        Assert.Contains(lines, l => l.StartsWith("Labels (column Label): 2 classes"));
        Assert.Equal(report.ToText(), report.ToString());
    }

    [Fact]
    public void ToJson_Report_HasEveryNumber()
    {
        using var folder = new TempFolder();
        var report = Ml.Vision.Data.Inspect(View(folder, ["cat", "dog"], ("a.png", Photos.File(1), 0), ("b.png", [1], 0)));
        var json = JsonDocument.Parse(report.ToJson()).RootElement;
        Assert.Equal(2, json.GetProperty("rows").GetInt64());
        Assert.False(json.GetProperty("isUsable").GetBoolean());
        Assert.Equal(["unreadableImage", "unusedClass"], json.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("kind").GetString()));
        Assert.Equal("Infinity", json.GetProperty("labels").GetProperty("imbalance").GetString());
        Assert.Equal(160, json.GetProperty("imageSizes")[0].GetProperty("width").GetInt32());
    }
}
