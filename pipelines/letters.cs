#:project ../src/Estimators/Fovea.csproj
#:package Spectre.Console

// Learns the letters a to z from pictures in some fonts and reads them in fonts it has never seen.
//   dotnet run pipelines/letters.cs [FOLDER]      FOLDER has train/ and test/, each with a folder per class; default: data/letters

using System.Diagnostics;
using Fovea;
using Fovea.Native;
using Microsoft.ML;
using Microsoft.ML.Data;
using Spectre.Console;

var folder = args.Length > 0 ? args[0] : Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "data", "letters");
var ml = new MLContext(seed: 0);
AnsiConsole.Profile.Capabilities.Ansi &= !Console.IsOutputRedirected;
Console.WriteLine(LibTorch.IsAvailable ? LibTorch.Describe().ToString() : "LibTorch of the TorchSharp package");

var train = ml.Vision.Data.FromFolder(Path.Combine(folder, "train"));
var test = ml.Vision.Data.FromFolder(Path.Combine(folder, "test"));
Console.WriteLine($"{train.GetRowCount()} training images, {test.GetRowCount()} test images of other fonts\n");

var options = new CnnOptions
{
    Architecture = CnnArchitecture.Letters,
    Channels = ImageChannels.Grey,
    Epochs = 20,
    BatchSize = 64,
    LearningRate = 2e-3,
    Schedule = LearningRateSchedule.OneCycle(),
    Augmentation = new Augmentation().Shift(2),
};
Console.WriteLine(ml.Vision.Summarize(options, classes: 26));

var clock = Stopwatch.StartNew();
using var model = ConsoleProgress.Show(progress => ml.Vision.Cnn(options with { Progress = progress }).Fit(train));
Console.WriteLine($"trained in {clock.Elapsed.TotalSeconds:0.0} s on {model.History.Device} in {model.History.Precision}\n");

var metrics = ml.MulticlassClassification.Evaluate(model.Transform(test), topKPredictionCount: 5);
AnsiConsole.Write(Confusion(metrics.ConfusionMatrix, model.ClassNames));
AnsiConsole.MarkupLine($"[bold]accuracy on unseen fonts {metrics.MicroAccuracy:P2}[/], top-5 {metrics.TopKAccuracy:P2}, log-loss {metrics.LogLoss:0.000}");

var file = Path.Combine(Path.GetTempPath(), "letters.fovea");
ml.Vision.Save(model, file);
ml.Vision.Report(model, test, new ReportOptions { Title = "Letters", DataSet = "26 letters; the evaluated ones are of fonts that training has not seen" }).Save(Path.ChangeExtension(file, ".html"));
using var loaded = ml.Vision.LoadCnn(file);
using var engine = ml.Model.CreatePredictionEngine<Picture, Reading>(loaded);
var path = Directory.EnumerateFiles(Path.Combine(folder, "test", "q")).Order(StringComparer.Ordinal).First();
var reading = engine.Predict(new Picture { Image = path });
var ranked = reading.Score.Select((score, k) => (Letter: loaded.ClassNames[k], Score: score)).OrderByDescending(r => r.Score).Take(3);
Console.WriteLine($"report in {Path.ChangeExtension(file, ".html")}");
Console.WriteLine($"saved to {file} ({new FileInfo(file).Length / 1024.0:#,0} KiB), loaded, and asked about {Path.GetRelativePath(folder, path)}: "
    + string.Join(", ", ranked.Select(r => $"{r.Letter} {r.Score:P1}")));

return metrics.MicroAccuracy >= 0.95 ? 0 : 1;

// Rows are the true letters, columns what was read; empty where nothing was.
static Table Confusion(ConfusionMatrix matrix, IReadOnlyList<string> names)
{
    var table = new Table { Border = TableBorder.None, Title = new TableTitle("confusion matrix: row true, column read") };
    table.AddColumn(new TableColumn("") { Padding = new Padding(0, 0) });
    foreach (var name in names)
        table.AddColumn(new TableColumn(new Text(name, new Style(decoration: Decoration.Bold))) { Alignment = Justify.Right, Padding = new Padding(0, 0) });
    for (var actual = 0; actual < names.Count; actual++)
    {
        var counts = matrix.Counts[actual];
        var cells = counts.Select((count, predicted) => count == 0 ? new Text("  ·", new Style(Color.Grey39))
            : new Text($"{count,3:0}", new Style(predicted == actual ? Color.Green : Color.Red)));
        table.AddRow([new Text(names[actual], new Style(decoration: Decoration.Bold)), .. cells]);
    }
    return table;
}

internal sealed class Picture
{
    public string Image { get; set; } = "";
}

internal sealed class Reading
{
    public float[] Score { get; set; } = [];
}
