using Fovea.Storage;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Fovea.Tests.Storage;

public sealed class ModelFileReaderTests
{
    private const string Kind = "classification";

    private static string Save(TempFolder folder)
    {
        var path = folder.File("model.fovea");
        var description = new ModelDescription
        {
            Kind = Kind,
            Options = [],
            History = new TrainingHistory { Epochs = [], BestEpoch = 0, End = TrainingEnd.Completed, Device = "cpu", Precision = Precision.Float32 },
        };
        using var weight = arange(6, ScalarType.Float32);
        ModelFile.Save(path, description, new Dictionary<string, Tensor> { ["fc.weight"] = weight });
        return path;
    }

    private static ModelFileReader Reader(string path, Task loading) => new(path, File.OpenRead(path)) { BeginLoading = () => loading };

    [Fact]
    public void Read_WhileLibTorchLoads_GivesTheDescriptionThenTheWeights()
    {
        using var folder = new TempFolder();
        var loading = new TaskCompletionSource();
        using var stored = Reader(Save(folder), loading.Task).Read([Kind]);
        Assert.Equal(Kind, stored.Description.Kind);
        loading.SetResult();
        Assert.Equal(Enumerable.Range(0, 6).Select(i => (float)i), stored.Weights["fc.weight"].data<float>().ToArray());
    }

    [Fact]
    public void Read_LibTorchCannotBeLoaded_ThatErrorMeetsWhoeverNeedsIt()
    {
        using var folder = new TempFolder();
        var path = Save(folder);
        var why = new NotSupportedException("no LibTorch here");
        using (var stored = Reader(path, Task.FromException(why)).Read([Kind]))
        {
            Assert.Same(why, Assert.Throws<NotSupportedException>(() => stored.Weights));
            Assert.Same(why, Assert.Throws<NotSupportedException>(() => stored.Resolve(ComputeDevice.Cpu)));
        }
        using var alone = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.None); // nobody else has it open
    }

    [Fact]
    public void Read_OtherKind_EndsAfterLoadingDoes()
    {
        using var folder = new TempFolder();
        Assert.Contains(Kind, EndsAfterLoading(Save(folder), ["detection"]).Message);
    }

    [Fact]
    public void Read_DescriptionIsNoJson_EndsAfterLoadingDoes()
    {
        using var folder = new TempFolder();
        var path = folder.File("changed.fovea");
        Zip.Change(Save(folder), path, ModelFile.DescriptionEntry, _ => "{"u8.ToArray());
        Assert.Contains("damaged", EndsAfterLoading(path, [Kind]).Message);
    }

    [Fact]
    public void Read_NoZip_LoadsNothing()
    {
        using var folder = new TempFolder();
        var path = folder.Write("text.fovea", "hello"u8.ToArray());
        var reader = new ModelFileReader(path, File.OpenRead(path)) { BeginLoading = () => throw new InvalidOperationException("not wanted") };
        Assert.Throws<InvalidDataException>(() => reader.Read([Kind]));
    }

    private static InvalidDataException EndsAfterLoading(string path, string[] kinds)
    {
        var isLoaded = false;
        var reader = new ModelFileReader(path, File.OpenRead(path))
        {
            BeginLoading = () => Task.Run(() =>
            {
                Thread.Yield();
                Volatile.Write(ref isLoaded, true);
            }),
        };
        var error = Assert.Throws<InvalidDataException>(() => reader.Read(kinds));
        Assert.True(Volatile.Read(ref isLoaded));
        using var alone = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.None);
        return error;
    }
}
