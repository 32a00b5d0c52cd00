using Microsoft.ML.Data;

namespace Fovea.Tests.Reporting;

public class TensorBoardProgressTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 21, 12, 0, 0, 250, TimeSpan.Zero);

    [Fact]
    public void Report_CompletedEpochs_AreScalarsByEpoch()
    {
        using var folder = new TempFolder();
        using var sink = new TensorBoardProgress(folder.File("logs/run"), append: false, every: null, new Clock());
        sink.Report(Progresses.Step(1, 1, 3, 0.5));
        sink.Report(Progresses.Epoch(1, 2.25, 1, validationLoss: 2.125));
        sink.Report(Progresses.Epoch(300, 1.0 / 3, 2));
        // Still open: what is written can be read.
        var events = EventFileReader.Read(sink.FilePath);
        Assert.Equal(["brain.Event:2", null, null], events.Select(e => e.FileVersion));
        Assert.Equal([0, 1, 300], events.Select(e => e.Step));
        Assert.Equal([0, 1, 2], events.Select(e => e.WallTime - _start.ToUnixTimeMilliseconds() / 1000.0));
        Assert.Empty(events[0].Scalars);
        // AP50 is NaN there: not measured.
        Assert.Equal([("Loss/Training", 2.25f), ("Accuracy/Training", 0.5f), ("Loss/Validation", 2.125f), ("LearningRate", 5e-4f), ("ImagesPerSecond", 1234.5f)], events[1].Scalars);
        Assert.Equal([("Loss/Training", 1f / 3), ("Accuracy/Training", 0.5f), ("LearningRate", 5e-4f), ("ImagesPerSecond", 1234.5f)], events[2].Scalars);
    }

    [Fact]
    public void Report_StepsAsked_AreScalarsByStep()
    {
        using var folder = new TempFolder();
        using var sink = new TensorBoardProgress(folder.Path, every: TimeSpan.FromSeconds(1));
        sink.Report(Progresses.Step(1, 1, 3, 1));
        sink.Report(Progresses.Step(2, 1, 2, 1.5));
        sink.Report(Progresses.Step(3, 2, 1, 2));
        var events = EventFileReader.Read(sink.FilePath);
        Assert.Equal([0, 1, 6], events.Select(e => e.Step)); // two steps an epoch
        Assert.Equal([("Running/Loss", 1f), ("Running/Accuracy", 0.25f), ("Running/LearningRate", 1e-3f), ("Running/ImagesPerSecond", 100.5f)], events[2].Scalars);
    }

    [Fact]
    public void Report_Parameters_AreHistogramsByEpoch()
    {
        using var folder = new TempFolder();
        using var sink = new TensorBoardProgress(folder.Path);
        var spread = new ValueHistogram { Minimum = -1, Maximum = 3, Sum = 5, SumOfSquares = 11.5, Counts = [4, 0, 0, 2] };
        sink.Report(Progresses.Epoch(7, 1, 1) with { Parameters = [new("conv1.weight", spread, spread with { Maximum = 1, Counts = [6] }), new("conv1.bias", null, null)] });
        var histograms = EventFileReader.Read(sink.FilePath)[1].Histograms;
        Assert.Equal(["Weights/conv1.weight", "Gradients/conv1.weight"], histograms.Select(h => h.Tag)); // nothing finite, no histogram
        Assert.Equal([-1, 3, 6, 5, 11.5], histograms[0].Measures);
        Assert.Equal([0, 1, 2, 3], histograms[0].Limits);
        Assert.Equal([4, 0, 0, 2], histograms[0].Counts);
        Assert.Equal([1], histograms[1].Limits);
        Assert.Equal([6], histograms[1].Counts);
    }

    [Fact]
    public void AddImage_FileAndPixels_AreReadBack()
    {
        using var folder = new TempFolder();
        using var sink = new TensorBoardProgress(folder.File("run/x"));
        byte[] pixels = [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 10, 20, 30, 255, 40, 50, 60, 255, 70, 80, 90, 255];
        using var image = MLImage.CreateFromPixels(3, 2, MLPixelFormat.Rgba32, pixels);
        sink.AddImage("samples", image, 4);
        image.Save(folder.File("sheet.png"));
        sink.AddImage("sheet", folder.File("sheet.png"), 5);
        var events = EventFileReader.Read(sink.FilePath);
        Assert.Equal([0, 4, 5], events.Select(e => e.Step));
        Assert.Equal(["samples", "sheet"], events.SelectMany(e => e.Images).Select(i => i.Tag));
        foreach (var read in events.SelectMany(e => e.Images))
        {
            Assert.Equal((2, 3, 3), (read.Height, read.Width, read.ColorSpace)); // RGB
            using var decoded = MLImage.CreateFromStream(new MemoryStream(read.File));
            var isBgra = decoded.PixelFormat == MLPixelFormat.Bgra32;
            for (var i = 0; i < pixels.Length; i++)
                Assert.Equal(pixels[i], decoded.Pixels[isBgra && i % 4 != 3 ? i / 4 * 4 + 2 - i % 4 : i]);
        }
        Assert.Throws<FileNotFoundException>(() => sink.AddImage("none", folder.File("none.png"), 1));
        Assert.Throws<InvalidDataException>(() => sink.AddImage("text", folder.Write("text.png", "no image"u8.ToArray()), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => sink.AddImage("negative", image, -1));
    }

    [Fact]
    public void Read_LastRecordCutOff_EarlierOnesAreThere()
    {
        using var folder = new TempFolder();
        string path;
        using (var sink = new TensorBoardProgress(folder.Path))
        {
            path = sink.FilePath;
            sink.Report(Progresses.Epoch(1, 2, 1));
            sink.Report(Progresses.Epoch(2, 1, 2) with { Parameters = [new("weight", new() { Minimum = 0, Maximum = 1, Sum = 1, SumOfSquares = 1, Counts = [1, 1] }, null)] });
        }
        var whole = File.ReadAllBytes(path);
        foreach (var cut in new[] { 1, 5, 50 })
        {
            File.WriteAllBytes(path, whole[..^cut]);
            Assert.Equal([0, 1], EventFileReader.Read(path).Select(e => e.Step));
        }
        // The reader would notice a wrong bit.
        whole[^10] ^= 1;
        File.WriteAllBytes(path, whole);
        Assert.Throws<InvalidDataException>(() => EventFileReader.Read(path));
    }

    [Fact]
    public void New_FolderHasEvents_IsRefusedUnlessAppending()
    {
        using var folder = new TempFolder();
        new TensorBoardProgress(folder.File("run/x")).Dispose();
        Assert.Contains("append: true", Assert.Throws<IOException>(() => new TensorBoardProgress(folder.File("run/x"))).Message);
        Assert.Single(Directory.GetFiles(folder.File("run/x")));
        new TensorBoardProgress(folder.File("run/x"), append: true).Dispose();
        Assert.Equal(2, Directory.GetFiles(folder.File("run/x"), "events.out.tfevents.*").Length);
    }

    [Fact]
    public void New_UnusableFolder_SaysWhy()
    {
        using var folder = new TempFolder();
        var file = folder.Write("file", []);
        Assert.Contains("is a file", Assert.Throws<IOException>(() => new TensorBoardProgress(file)).Message);
        Assert.Contains("cannot be created", Assert.Throws<IOException>(() => new TensorBoardProgress(Path.Combine(file, "run"))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoardProgress(folder.Path, every: TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public void Report_Disposed_Throws()
    {
        using var folder = new TempFolder();
        var sink = new TensorBoardProgress(folder.Path);
        sink.Dispose();
        sink.Dispose();
        Assert.Throws<ObjectDisposedException>(() => sink.Report(Progresses.Epoch(1, 2, 1)));
    }

    /// <summary>A second later each time.</summary>
    private sealed class Clock : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow() => _start.AddSeconds(_asked++);
    }
}
