using Fovea.PowerShell;

namespace Fovea.Tests;

/// <summary>A session of the stand-in host with the module's cmdlets and a folder of its own.</summary>
internal sealed class ModuleSession : IDisposable
{
    private readonly TempFolder _folder = new();
    private Session? _session;

    public Session Session => _session ??= new(typeof(FoveaCommand).Assembly, _folder.Path);

    public string File(string name) => _folder.File(name);

    public PipelineResult Run(params Call[] calls) => Session.Run(calls);

    /// <summary>Runs, and expects no error.</summary>
    public IReadOnlyList<object> Output(params Call[] calls)
    {
        var result = Run(calls);
        Assert.Null(result.Terminated);
        Assert.Empty(result.Errors.Select(e => e.ToString()));
        return result.Output;
    }

    /// <summary>A folder per class with some pictures of letters, of which the first fonts come.</summary>
    public string Letters(string classes = "abc", int each = 12)
    {
        foreach (var letter in classes)
            foreach (var (i, file) in Directory.EnumerateFiles(Path.Combine(TestData.Root, "pipelines", "data", "letters", "train", letter.ToString())).Order(StringComparer.Ordinal).Take(each).Index())
                System.IO.File.Copy(file, _folder.File(Path.Combine("letters", letter.ToString(), $"{i:00}.png")), overwrite: true);
        return Path.Combine(_folder.Path, "letters");
    }

    public Call Import(string classes = "abc", int each = 12) => new Call("Import-ImageDataset").At(Letters(classes, each));

    public ImageDataset Dataset(string classes = "abc", int each = 12) => (ImageDataset)Assert.Single(Output(Import(classes, each)));

    /// <summary>The smallest training there is.</summary>
    public static Call Train(int epochs = 2) => new Call("Invoke-TrainCnn").With("Architecture", "Perceptron").With("Channels", "Grey").With("Epochs", epochs).With("BatchSize", 8).With("Precision", "Float32");

    public ImageModel Model() => (ImageModel)Assert.Single(Output(Import(), Train()));

    public void Dispose() => _folder.Dispose();
}
