using System.Globalization;
using System.Text.Json;

namespace Fovea.Tests.Reporting;

public class JsonLinesProgressTests
{
    [Fact]
    public void Report_CompletedEpochs_AreLinesThatParse()
    {
        using var folder = new TempFolder();
        using (var sink = new JsonLinesProgress(folder.File("run.jsonl")))
        {
            sink.Report(Progresses.Step(1, 1, 2.5, 0.5));
            sink.Report(Progresses.Epoch(1, 2.25, 1, validationLoss: 2.125));
            sink.Report(Progresses.Epoch(2, double.PositiveInfinity, 2));
        }
        var lines = File.ReadAllLines(folder.File("run.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Equal(["epoch", "epochs", "step", "steps", "completed", "learningRate", "training", "validation", "imagesPerSecond", "durationSeconds", "elapsedSeconds", "remainingSeconds"],
            lines[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal((1, 3, 2, 2), (Int(0, "epoch"), Int(0, "epochs"), Int(0, "step"), Int(0, "steps")));
        Assert.Equal((5e-4, 1234.5, 1.5, 1.0, 10.0), (Number(0, "learningRate"), Number(0, "imagesPerSecond"), Number(0, "durationSeconds"), Number(0, "elapsedSeconds"), Number(0, "remainingSeconds")));
        Assert.Equal(2.25, lines[0].GetProperty("training").GetProperty("Loss").GetDouble());
        Assert.Equal(0.5, lines[0].GetProperty("training").GetProperty("Accuracy").GetDouble());
        Assert.Equal(2.125, lines[0].GetProperty("validation").GetProperty("Loss").GetDouble());
        Assert.Equal(JsonValueKind.Null, lines[0].GetProperty("validation").GetProperty("AP50").ValueKind);
        Assert.Equal(JsonValueKind.Null, lines[1].GetProperty("training").GetProperty("Loss").ValueKind);
        Assert.False(lines[1].TryGetProperty("validation", out _));

        int Int(int line, string name) => lines[line].GetProperty(name).GetInt32();
        double Number(int line, string name) => lines[line].GetProperty(name).GetDouble();
    }

    [Fact]
    public void Report_StepsAsked_AreThoseThatAreDue()
    {
        using var folder = new TempFolder();
        using (var sink = new JsonLinesProgress(folder.File("run.jsonl"), every: TimeSpan.FromSeconds(1)))
        {
            foreach (var elapsed in new[] { 0.1, 0.9, 1.1, 1.2, 2.2 })
                sink.Report(Progresses.Step(1, 1, elapsed, elapsed));
            sink.Report(Progresses.Epoch(1, 9, 2.3));
            // The next run's clock begins anew.
            sink.Report(Progresses.Step(1, 1, 0.05, 0.05));
        }
        var lines = File.ReadAllLines(folder.File("run.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([0.1, 1.1, 2.2, 9, 0.05], lines.Select(line => line.GetProperty("training").GetProperty("Loss").GetDouble()));
        Assert.Equal([false, false, false, true, false], lines.Select(line => line.GetProperty("completed").GetBoolean()));
    }

    [Fact]
    public void Report_FileStillOpen_CanBeRead()
    {
        using var folder = new TempFolder();
        using var sink = new JsonLinesProgress(folder.File("run.jsonl"));
        sink.Report(Progresses.Epoch(1, 2, 1));
        using var reader = new StreamReader(new FileStream(folder.File("run.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.EndsWith("}\n", reader.ReadToEnd());
    }

    [Fact]
    public void Report_CommaCulture_WritesPoints()
    {
        var culture = CultureInfo.CurrentCulture;
        using var folder = new TempFolder();
        try
        {
            // Only invariant culture data is at hand, so a comma is put in by hand.
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            using var sink = new JsonLinesProgress(folder.File("run.jsonl"));
            using var csv = new CsvProgress(folder.File("run.csv"));
            sink.Report(Progresses.Epoch(1, 2.25, 1));
            csv.Report(Progresses.Epoch(1, 2.25, 1));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
        Assert.Contains("\"Loss\":2.25", File.ReadAllText(folder.File("run.jsonl")));
        Assert.Contains(",2.25,", File.ReadAllText(folder.File("run.csv")));
    }

    [Fact]
    public void New_FileIsThere_IsRefusedAndKept()
    {
        using var folder = new TempFolder();
        var path = folder.Write("run.jsonl", "{}\n"u8.ToArray());
        Assert.Contains("append: true", Assert.Throws<IOException>(() => new JsonLinesProgress(path)).Message);
        Assert.Equal("{}\n", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("{}\n")]
    [InlineData("{}")] // cut off in its end of line
    public void New_Append_GoesOnInALineOfItsOwn(string before)
    {
        using var folder = new TempFolder();
        var path = folder.Write("run.jsonl", System.Text.Encoding.UTF8.GetBytes(before));
        using (var sink = new JsonLinesProgress(path, append: true))
            sink.Report(Progresses.Epoch(1, 2, 1));
        var lines = File.ReadAllLines(path);
        Assert.Equal(2, lines.Length);
        Assert.Equal("{}", lines[0]);
        Assert.Equal(1, JsonDocument.Parse(lines[1]).RootElement.GetProperty("epoch").GetInt32());
    }

    [Fact]
    public void New_UnusablePath_SaysWhy()
    {
        using var folder = new TempFolder();
        Assert.Contains("There is no folder", Assert.Throws<DirectoryNotFoundException>(() => new JsonLinesProgress(Path.Combine(folder.Path, "none", "run.jsonl"))).Message);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => new JsonLinesProgress(folder.Path)).Message);
        using var held = new FileStream(folder.File("run.jsonl"), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        Assert.Contains("cannot be written", Assert.Throws<IOException>(() => new JsonLinesProgress(folder.File("run.jsonl"), append: true)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonLinesProgress(folder.File("other.jsonl"), every: TimeSpan.FromSeconds(-1)));
        Assert.False(File.Exists(folder.File("other.jsonl")));
    }

    [Fact]
    public void Report_Disposed_Throws()
    {
        using var folder = new TempFolder();
        var sink = new JsonLinesProgress(folder.File("run.jsonl"));
        sink.Dispose();
        sink.Dispose();
        Assert.Throws<ObjectDisposedException>(() => sink.Report(Progresses.Epoch(1, 2, 1)));
    }
}
