namespace Fovea.Tests.Reporting;

public class CsvProgressTests
{
    private const string Header = "Epoch,LearningRate,Training.Loss,Training.Accuracy,Validation.Loss,Validation.AP50,ImagesPerSecond,DurationSeconds,ElapsedSeconds";

    [Fact]
    public void Report_CompletedEpochs_AreRowsBelowAHeader()
    {
        using var folder = new TempFolder();
        using (var sink = new CsvProgress(folder.File("run.csv")))
        {
            sink.Report(Progresses.Step(1, 1, 3, 0.5));
            sink.Report(Progresses.Epoch(1, 2.25, 1, validationLoss: 2.125));
            // Written at once, not only at the end.
            using (var reader = new StreamReader(new FileStream(folder.File("run.csv"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite)))
                Assert.Equal($"{Header}\n1,0.0005,2.25,0.5,2.125,,1234.5,1.5,1\n", reader.ReadToEnd());
            sink.Report(Progresses.Epoch(2, 1.0 / 3, 2, validationLoss: double.NegativeInfinity));
        }
        Assert.Equal([Header, "1,0.0005,2.25,0.5,2.125,,1234.5,1.5,1", "2,0.0005,0.3333333333333333,0.5,,,1234.5,1.5,2"], File.ReadAllLines(folder.File("run.csv")));
    }

    [Fact]
    public void New_Append_GoesOnUnderTheHeader()
    {
        using var folder = new TempFolder();
        for (var run = 0; run < 2; run++)
        {
            using var sink = new CsvProgress(folder.File("run.csv"), append: true);
            sink.Report(Progresses.Epoch(1, run, 1, validationLoss: 1));
        }
        Assert.Equal([Header, "1,0.0005,0,0.5,1,,1234.5,1.5,1", "1,0.0005,1,0.5,1,,1234.5,1.5,1"], File.ReadAllLines(folder.File("run.csv")));
    }

    [Fact]
    public void Report_OtherColumnsThanTheFile_ThrowsAndWritesNothing()
    {
        using var folder = new TempFolder();
        using (var sink = new CsvProgress(folder.File("run.csv")))
            sink.Report(Progresses.Epoch(1, 2, 1, validationLoss: 1));
        var before = File.ReadAllText(folder.File("run.csv"));
        using (var sink = new CsvProgress(folder.File("run.csv"), append: true))
            Assert.Contains("Validation.AP50", Assert.Throws<InvalidOperationException>(() => sink.Report(Progresses.Epoch(1, 2, 1))).Message);
        Assert.Equal(before, File.ReadAllText(folder.File("run.csv")));
    }

    [Fact]
    public void New_UnusableFile_SaysWhy()
    {
        using var folder = new TempFolder();
        var path = folder.Write("table.csv", "name,price\na,1\n"u8.ToArray());
        Assert.Contains("append: true", Assert.Throws<IOException>(() => new CsvProgress(path)).Message);
        Assert.Contains("name,price", Assert.Throws<InvalidDataException>(() => new CsvProgress(path, append: true)).Message);
        Assert.Throws<DirectoryNotFoundException>(() => new CsvProgress(Path.Combine(folder.Path, "none", "run.csv")));
        // It was let go of.
        File.Delete(path);
    }

    [Fact]
    public void Report_Disposed_Throws()
    {
        using var folder = new TempFolder();
        var sink = new CsvProgress(folder.File("run.csv"));
        sink.Dispose();
        sink.Dispose();
        Assert.Throws<ObjectDisposedException>(() => sink.Report(Progresses.Epoch(1, 2, 1)));
    }
}
