using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Fovea.Tests.Classification;
using Fovea.Tests.Detection;
using Fovea.Tests.Segmentation;
using Microsoft.ML;

namespace Fovea.Tests;

/// <summary>README's examples are compiled against the assemblies under test and run; with one epoch, as it is the words that are tested.</summary>
public class ReadmeTests
{
    [SkippableFact]
    public void Letters_CompiledAndRun_EvaluatesAndSaves()
    {
        var program = Regex.Replace(Example("letters"), @"Epochs = \d+", "Epochs = 1");
        Assert.Contains("Epochs = 1", program);
        using var folder = new TempFolder();
        var said = Run(folder, program, "Letters");

        Assert.Matches(@"accuracy \d+\.\d ?%, top-5 \d+\.\d ?%", said);
        Assert.Contains("Confusion table", said);
        using var model = new MLContext().Vision.LoadCnn(folder.File("letters.fovea"));
        Assert.Equal(26, model.ClassNames.Count);
        Assert.Single(model.History.Epochs);
        // One epoch over 26 letters: far from done, far from the 1/26 of chance.
        Assert.InRange(model.History.Epochs[0].Training[Measure.Accuracy], 0.15, 1);
    }

    [SkippableFact]
    public void Data_CompiledAndRun_ReportsAndDraws()
    {
        using var folder = new TempFolder();
        var said = Run(folder, Example("data"), "Data");
        Assert.Contains("26 classes", said);
        var png = File.ReadAllBytes(folder.File("augmented.png"));
        Assert.Equal([137, 80, 78, 71], png[..4]);
    }

    [SkippableFact]
    public void Segmentation_CompiledAndRun_MeasuresAndDraws()
    {
        using var folder = new TempFolder();
        // Drawn scenes in CamVid's layout stand for the photographs, which may not be packed.
        foreach (var (part, count) in new[] { ("train", 4), ("val", 2), ("test", 3) })
        {
            var lines = new List<string>();
            for (var i = 0; i < count; i++)
            {
                var (image, mask) = Scenes.Paint(36, 48, new Random(i));
                folder.Write($"CamVid/{part}/{i}.png", Png.Encode(48, 36, 1, image));
                folder.Write($"CamVid/{part}annot/{i}.png", Png.Encode(48, 36, 1, mask));
                lines.Add($"/SegNet/CamVid/{part}/{i}.png /SegNet/CamVid/{part}annot/{i}.png");
            }
            File.WriteAllLines(folder.File($"CamVid/{part}.txt"), lines);
        }
        var program = Regex.Replace(Example("segmentation"), @"Epochs = \d+", "Epochs = 1");
        Assert.Contains("Epochs = 1", program);
        var said = Run(folder, program, "Segmentation");
        Assert.Matches(@"pixel accuracy 0\.\d+, mean IoU 0\.\d+", said);
        Assert.Contains($"{3 * 36 * 48} pixels", said);
        foreach (var name in new[] { "sheet.png", "overlay.png" })
            Assert.Equal([137, 80, 78, 71], File.ReadAllBytes(folder.File(name))[..4]);
    }

    [SkippableFact]
    public void Detection_CompiledAndRun_EvaluatesAndSaves()
    {
        using var folder = new TempFolder();
        ObjectScenes.WriteVoc(folder, "BCCD", train: 8, test: 4);
        var program = Regex.Replace(Example("detection"), @"Epochs = \d+", "Epochs = 1");
        var said = Run(folder, program, "Detection");
        Assert.Contains("AP50", said);
        Assert.Contains("(4 images)", said);
        using var model = Assert.IsType<DetectionTransformer>(new MLContext().Vision.Load(folder.File("cells.fovea")));
        Assert.Equal(["disc", "square"], model.ClassNames.Order());
    }

    [SkippableFact]
    public void Autoencoder_CompiledAndRun_EvaluatesAndSaves()
    {
        using var folder = new TempFolder();
        foreach (var (name, count) in new[] { ("train", 40), ("t10k", 10) })
        {
            WriteIdx(folder.File($"mnist/{name}-images-idx3-ubyte.gz"), [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 28, 0, 0, 0, 28],
                [.. Enumerable.Range(0, count).SelectMany(i => Fovea.Tests.Autoencoding.Blobs.Paint(i % 2, 28, 28, 1, new Random(i)))]);
            WriteIdx(folder.File($"mnist/{name}-labels-idx1-ubyte.gz"), [0, 0, 8, 1, 0, 0, 0, (byte)count], new byte[count]);
        }
        var said = Run(folder, Regex.Replace(Example("autoencoder"), @"Epochs = \d+", "Epochs = 1"), "Autoencoder");
        Assert.Contains("10 images of 784 numbers, codes of 20", said);
        Assert.Contains("-ELBO", said);
        foreach (var name in new[] { "sheet.png", "samples.png" })
            Assert.Equal([137, 80, 78, 71], File.ReadAllBytes(folder.File(name))[..4]);
        using var model = Assert.IsType<AutoencoderTransformer>(new MLContext().Vision.Load(folder.File("digits.fovea")));
        Assert.NotNull(model.AnomalyThreshold);

        static void WriteIdx(string path, byte[] header, byte[] content)
        {
            using var zip = new System.IO.Compression.GZipStream(File.Create(path), System.IO.Compression.CompressionLevel.Fastest);
            zip.Write([.. header, .. content]);
        }
    }

    [SkippableFact]
    public void Gans_CompiledAndRun_MeasuresAndSaves()
    {
        using var folder = new TempFolder();
        // Two kinds of pictures, bright above and bright below, in the format of the set.
        foreach (var (part, count) in new[] { ("train", 40), ("t10k", 20) })
        {
            byte[] Head(byte dimensions, params int[] sizes) => [0, 0, 8, dimensions, .. sizes.SelectMany(n => new byte[] { 0, 0, (byte)(n >> 8), (byte)n })];
            var random = new Random(count);
            folder.Write($"fashion/{part}-images-idx3-ubyte.gz", Zipped([.. Head(3, count, 28, 28), .. Enumerable.Range(0, count * 784).Select(i => (byte)((i / 392 % 2 == i / 784 % 2 ? 200 : 20) + random.Next(50)))]));
            folder.Write($"fashion/{part}-labels-idx1-ubyte.gz", Zipped([.. Head(1, count), .. Enumerable.Range(0, count).Select(i => (byte)(i % 2))]));
        }
        var program = Regex.Replace(Example("gans"), @"Epochs = \d+", "Epochs = 1").Replace("10_000", "30");
        var said = Run(folder, program, "Gans");
        Assert.Matches(@"Fréchet distance \d+.*precision 0\.\d+|Fréchet distance \d+.*precision 1", said);
        Assert.True(File.Exists(folder.File("epoch-001.png")));
        using var model = Assert.IsType<GanTransformer>(new MLContext().Vision.Load(folder.File("clothes.fovea")));
        Assert.Single(model.History.Epochs);

        static byte[] Zipped(byte[] content)
        {
            using var stream = new MemoryStream();
            using (var zip = new System.IO.Compression.GZipStream(stream, System.IO.Compression.CompressionLevel.Fastest))
                zip.Write(content);
            return stream.ToArray();
        }
    }

    [SkippableFact]
    public void Watching_CompiledAndRun_LogsAndDraws()
    {
        using var folder = new TempFolder();
        var program = Regex.Replace(Example("watching"), @"Epochs = \d+", "Epochs = 1").Replace("ParametersEvery = 5", "ParametersEvery = 1");
        Assert.Contains("calibration error", Run(folder, program, "Watching"));
        Assert.Contains("\"validation\":{\"Loss\":", Assert.Single(File.ReadAllLines(folder.File("logs/letters.jsonl"))));
        Assert.Equal(2, File.ReadAllLines(folder.File("logs/letters.csv")).Length);
        var events = Reporting.EventFileReader.Read(Assert.Single(Directory.GetFiles(folder.File("logs/letters"))));
        Assert.Contains(events, e => e.Scalars.Any(s => s.Tag == "Loss/Validation"));
        Assert.Contains(events, e => e.Histograms.Any(h => h.Tag.StartsWith("Gradients/")));
        Assert.Equal("ROC", events.SelectMany(e => e.Images).Single().Tag);
        foreach (var name in new[] { "curves.svg", "confusion.svg", "recall.svg", "reliability.svg" })
            Assert.Equal("svg", System.Xml.Linq.XDocument.Load(folder.File(name)).Root!.Name.LocalName);
    }

    [SkippableFact]
    public void Reports_CompiledAndRun_AreWritten()
    {
        using var folder = new TempFolder();
        var said = Run(folder, Regex.Replace(Example("reports"), @"Epochs = \d+", "Epochs = 1"), "Reports");
        Assert.Contains("Options that differ from their defaults", said);
        foreach (var name in new[] { "letters.html", "comparison.html" })
            Assert.InRange(new FileInfo(folder.File(name)).Length, 10_000, 3_000_000);
        Assert.Contains("\"task\":\"classification\"", File.ReadAllText(folder.File("letters.json")));
    }

    private static string Example(string name)
    {
        Skip.IfNot(Directory.Exists(Path.Combine(TestData.Root, "pipelines", "data", "letters", "train")), "there are no letters to learn from");
        var readme = File.ReadAllText(Path.Combine(TestData.Root, "README.md")).ReplaceLineEndings("\n");
        var block = Regex.Match(readme, Regex.Escape($"<!-- example: {name} -->") + @"\n```csharp\n(.*?)```", RegexOptions.Singleline);
        Assert.True(block.Success, $"README.md has no C# block after the marker of the example '{name}'");
        return block.Groups[1].Value;
    }

    private static string Run(TempFolder folder, string program, string name)
    {
        var assembly = Compile(folder, program, name);
        // The paths in the examples are the repository's.
        Directory.CreateSymbolicLink(folder.File("pipelines"), Path.Combine(TestData.Root, "pipelines"));
        return Run(assembly, folder.Path);
    }

    // One name can be loaded once.
    private static Assembly Compile(TempFolder folder, string program, string name)
    {
        folder.Write("Program.cs", System.Text.Encoding.UTF8.GetBytes(program));
        folder.Write($"{name}.csproj", System.Text.Encoding.UTF8.GetBytes($"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseAppHost>false</UseAppHost>
                <OutputPath>out/</OutputPath>
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n", Referenced().Select(path => $"<Reference Include=\"{path}\" Private=\"false\" />"))}
              </ItemGroup>
            </Project>
            """));
        var start = new ProcessStartInfo("dotnet", ["build", $"{name}.csproj", "--nologo", "--disable-build-servers", "-v:q"]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true };
        using var build = Process.Start(start)!;
        var log = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        Assert.True(build.ExitCode == 0, log);
        return Assembly.LoadFrom(Directory.EnumerateFiles(folder.File("out"), $"{name}.dll", SearchOption.AllDirectories).First());
    }

    // Whatever this very test runs with, from packages or from src/Compat.
    private static IEnumerable<string> Referenced() =>
        Directory.EnumerateFiles(Path.GetDirectoryName(typeof(CnnOptions).Assembly.Location)!, "*.dll")
            .Where(path => Path.GetFileName(path) is var name && (name is "Fovea.dll" or "Fovea.Native.dll" or "TorchSharp.dll" || name.StartsWith("Microsoft.ML.", StringComparison.Ordinal) || name.StartsWith("Fovea.Compat.", StringComparison.Ordinal)));

    private static string Run(Assembly program, string folder)
    {
        var (console, here) = (Console.Out, Environment.CurrentDirectory);
        using var said = new StringWriter();
        try
        {
            Console.SetOut(said);
            Environment.CurrentDirectory = folder;
            program.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
            Environment.CurrentDirectory = here;
        }
        return said.ToString();
    }
}
