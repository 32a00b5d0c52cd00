using Fovea.Reporting;

namespace Fovea.Tests.Reporting.Report;

/// <summary>Runs and pages that nobody trained.</summary>
internal static class Runs
{
    public static TrainingHistory History(int epochs, double scale = 1) => new()
    {
        Epochs =
        [
            .. Enumerable.Range(1, epochs).Select(e => new EpochRecord
            {
                Epoch = e,
                LearningRate = 1e-3 / e,
                Training = new Dictionary<string, double> { [Measure.Loss] = scale * (2.0 / e + 0.1 * Math.Sin(e)), [Measure.Accuracy] = 1 - 0.7 / e },
                Validation = new Dictionary<string, double> { [Measure.Loss] = scale * (2.5 / e + 0.1 * Math.Cos(e)), [Measure.Accuracy] = 1 - 0.8 / e },
                ImagesPerSecond = 1000 + e,
                Duration = TimeSpan.FromSeconds(1.5),
            }),
        ],
        BestEpoch = epochs,
        End = TrainingEnd.Completed,
        Device = "cpu",
        Precision = Precision.Float32,
        TrainingImages = 960,
        ValidationImages = 96,
        ClassCounts = new Dictionary<string, long> { ["chess"] = 500, ["disc"] = 460 },
        Versions = new Dictionary<string, string> { ["fovea"] = "1.2.3", ["libtorch"] = "2.0.0" },
    };

    public static ReportContent Content(string name = "Classification: LeNet", int epochs = 6, double scale = 1) => new()
    {
        Task = "classification",
        Name = name,
        Model = "LeNet",
        Options = new CnnOptions { Architecture = CnnArchitecture.LeNet, Epochs = epochs, Seed = 7 },
        History = History(epochs, scale),
        Networks = [],
        Headline = [new("accuracy", "Accuracy", ReportValue.Percent(0.9 / scale))],
    };

    /// <summary>A page with one part of each kind and a text in every place that may have one.</summary>
    public static ReportPage Page(string text, int pictures = 2) => new()
    {
        Title = text,
        Subtitle = text,
        Task = "classification",
        Headline = [new("words", text, text), new("number", "Number", ReportValue.Score(0.123456789))],
        Sections =
        [
            new("one", text,
            [
                new FactsPart("facts", [new("fact", text, text), new("missing", "Missing", ReportValue.None)]),
                new NotePart("note", text),
                new NotePart("warning", text) { IsWarning = true },
                new TablePart("table", text, [new("name", text), new("share", "share") { HasBar = true }], [[ReportValue.Words(text), ReportValue.Score(0.25)], [ReportValue.Words("b"), ReportValue.None]]),
                new FigurePart("bars", new BarChart { Title = text, XLabel = text, YLabel = text, Bars = [(text, 1), ("b", 2)] }),
                new FigurePart("confusion", new ConfusionChart(new double[,] { { 3, 1 }, { 0, 2 } }, [text, "b"])) { IsWide = true },
                Pictures("pictures", text, pictures),
            ]),
        ],
        Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    public static PicturesPart Pictures(string key, string text, int count, int side = 200) => new(key, text,
        [.. Enumerable.Range(0, count).Select(i => new PictureGroup(text, [new(text, text, Noise(side, i)), new("b", text, Noise(side, i + 1000))]) { Facts = [new("fact", text, text)] })])
    {
        Note = text,
        Legend = [(text, Color.Black)],
    };

    /// <summary>A picture that cannot be compressed.</summary>
    public static Canvas Noise(int side, int seed)
    {
        var pixels = new byte[side * side * 3];
        new Random(seed).NextBytes(pixels);
        return new Canvas(side, side, 3, pixels);
    }
}
