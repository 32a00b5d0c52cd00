using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Fovea.Storage;
using Microsoft.ML;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Storage;

public class ModelFileTests
{
    private sealed record Options
    {
        public int Epochs { get; init; } = 3;
        public ResizeKind Kind { get; init; }
        public double Rate { get; init; } = double.PositiveInfinity;
    }

    private enum ResizeKind { First, SecondOne }

    private static readonly string[] Kinds = ["classification", "segmentation"];

    private static ModelDescription Description => new()
    {
        Kind = "classification",
        Options = ModelJson.ToNode(new Options { Epochs = 7, Kind = ResizeKind.SecondOne }),
        ClassNames = ["a", "b\u00e9", "\"c\""],
        History = new TrainingHistory
        {
            Epochs =
            [
                new EpochRecord
                {
                    Epoch = 1, LearningRate = 0.5, ImagesPerSecond = 1e3, Duration = TimeSpan.FromMilliseconds(1.5),
                    Training = new Dictionary<string, double> { ["Loss"] = double.NaN, ["Accuracy"] = 0.1 + 0.2 },
                },
            ],
            BestEpoch = 1, End = TrainingEnd.StoppedEarly, Device = "cuda:3", Precision = Precision.BFloat16,
        },
    };

    private static string Save(TempFolder folder)
    {
        var path = folder.File("model.fovea");
        using var scope = NewDisposeScope();
        ModelFile.Save(path, Description, new Dictionary<string, Tensor> { ["fc.weight"] = arange(12, ScalarType.Float32).reshape(3, 4), ["fc.bias"] = ones(3) });
        return path;
    }

    private static InvalidDataException Refused(string path)
    {
        var error = Assert.Throws<InvalidDataException>(() =>
        {
            using var stored = ModelFile.Load(path, Kinds);
            _ = stored.Weights;
        });
        Assert.Contains(path, error.Message);
        return error;
    }

    /// <summary>The saved model with one entry's bytes changed, in a zip that is itself whole.</summary>
    private static string Tamper(TempFolder folder, string entry, Func<byte[], byte[]?> change, CompressionLevel level = CompressionLevel.NoCompression)
    {
        var tampered = folder.File("tampered.fovea");
        Zip.Change(Save(folder), tampered, entry, change, level);
        return tampered;
    }

    private static string EditJson(TempFolder folder, Action<JsonObject> edit) => Tamper(folder, ModelFile.DescriptionEntry, json =>
    {
        var document = JsonNode.Parse(json)!.AsObject();
        edit(document);
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    });

    [Fact]
    public void Load_WhatWasSaved_IsEqual()
    {
        using var folder = new TempFolder();
        using var stored = ModelFile.Load(Save(folder), Kinds);
        var description = stored.Description;
        Assert.Equal("classification", description.Kind);
        Assert.Equal(Description.ClassNames, description.ClassNames);
        Assert.Equal(0.1 + 0.2, description.History.Metrics["Training.Accuracy"]);
        Assert.True(double.IsNaN(description.History.Metrics["Training.Loss"]));
        Assert.Equal(ModelJson.ToNode(Description.History).ToJsonString(), ModelJson.ToNode(description.History).ToJsonString());
        Assert.Equal(new Options { Epochs = 7, Kind = ResizeKind.SecondOne }, stored.Options<Options>());
        Assert.Equal(ModelJson.LibraryVersion, description.Versions["fovea"]);
        Assert.Equal(["fc.weight", "fc.bias"], stored.Weights.Keys);
        Assert.Equal([3, 4], stored.Weights["fc.weight"].shape);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (float)i), stored.Weights["fc.weight"].data<float>().ToArray());
    }

    [Fact]
    public void Save_Twice_GivesTheSameBytes()
    {
        using var folder = new TempFolder();
        var first = File.ReadAllBytes(Save(folder));
        Assert.Equal(first, File.ReadAllBytes(Save(folder)));
    }

    [Fact]
    public void Save_FolderThatIsNotThere_IsRefused() =>
        Assert.Throws<DirectoryNotFoundException>(() => ModelFile.Save("/no/such/folder/m.fovea", Description, new Dictionary<string, Tensor>()));

    [SkippableFact]
    public void Save_DiskFull_LeavesTheOldModel()
    {
        using var folder = new TempFolder();
        using var mount = TinyFileSystem.Mount(folder.Path, bytes: 64 << 10);
        var path = Save(folder);
        using var large = zeros(100_000);
        Assert.Throws<IOException>(() => ModelFile.Save(path, Description, new Dictionary<string, Tensor> { ["w"] = large }));
        using var stored = ModelFile.Load(path, Kinds);
        Assert.Equal(2, stored.Weights.Count);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Save_WeightThatFails_LeavesTheOldModel()
    {
        using var folder = new TempFolder();
        var path = Save(folder);
        using var complex = zeros(2, ScalarType.ComplexFloat32);
        Assert.Throws<NotSupportedException>(() => ModelFile.Save(path, Description, new Dictionary<string, Tensor> { ["w"] = complex }));
        ModelFile.Load(path, Kinds).Dispose();
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Load_MissingFile_NamesIt() => Assert.Contains("none.fovea", Assert.Throws<FileNotFoundException>(() => ModelFile.Load("none.fovea", Kinds)).Message);

    [Fact]
    public void Load_CutAnywhere_IsRefused()
    {
        using var folder = new TempFolder();
        var file = File.ReadAllBytes(Save(folder));
        var path = folder.File("cut.fovea");
        for (var length = 0; length < file.Length; length += 7)
        {
            File.WriteAllBytes(path, file[..length]);
            Refused(path);
        }
    }

    [Fact]
    public void Load_AnyByteChanged_IsRefusedOrMeansTheSame()
    {
        using var folder = new TempFolder();
        var file = File.ReadAllBytes(Save(folder));
        using var original = ModelFile.Load(folder.File("model.fovea"), Kinds);
        var path = folder.File("changed.fovea");
        for (var at = 0; at < file.Length; at++)
        {
            file[at] ^= 0x10;
            File.WriteAllBytes(path, file);
            file[at] ^= 0x10;
            try
            {
                // A zip has bytes without meaning to us (times, attributes); all others must be noticed.
                using var stored = ModelFile.Load(path, Kinds);
                Assert.Equal(original.Description.Options.ToJsonString(), stored.Description.Options.ToJsonString());
                TensorAssert.Same(original.Weights["fc.weight"], stored.Weights["fc.weight"]);
            }
            catch (InvalidDataException e)
            {
                Assert.Contains(path, e.Message);
            }
        }
    }

    [Fact]
    public void Load_TextFile_SaysThatItIsNoModel()
    {
        using var folder = new TempFolder();
        Assert.Contains("no model", Refused(folder.Write("a.fovea", "hello"u8.ToArray())).Message);
    }

    [Fact]
    public void Load_NewerFormat_NamesBothVersions()
    {
        using var folder = new TempFolder();
        var error = Refused(EditJson(folder, d => { d["format"] = 2; d["versions"]!["fovea"] = "9.8.7"; d["something"] = 1; }));
        Assert.Contains("format 2", error.Message);
        Assert.Contains("9.8.7", error.Message);
        Assert.Contains(ModelJson.LibraryVersion, error.Message);
    }

    [Fact]
    public void Options_FieldOfANewerVersion_IsNamed()
    {
        using var folder = new TempFolder();
        using var stored = ModelFile.Load(EditJson(folder, d => { d["options"]!["mixup"] = 0.2; d["versions"]!["fovea"] = "9.8.7"; }), Kinds);
        var error = Assert.Throws<InvalidDataException>(stored.Options<Options>);
        Assert.Contains("mixup", error.Message);
        Assert.Contains("9.8.7", error.Message);
    }

    [Theory]
    [InlineData("kind", "\"detection\"", "detection")]
    [InlineData("format", "\"one\"", "format")]
    [InlineData("format", "0", "format 0")]
    [InlineData("kind", "null", "kind")]
    [InlineData("classNames", "7", "classNames")]
    [InlineData("weights", "{}", "description")]
    [InlineData("surprise", "1", "surprise")]
    [InlineData("history", "{\"epochs\":[],\"bestEpoch\":1,\"end\":\"completed\",\"device\":\"cpu\",\"precision\":\"float32\"}", "best epoch is 1 of 0")]
    public void Load_DescriptionThatDoesNotFit_IsNamed(string field, string json, string named)
    {
        using var folder = new TempFolder();
        Assert.Contains(named, Refused(EditJson(folder, d => d[field] = JsonNode.Parse(json))).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Load_DescriptionThatIsNoJson_IsRefused()
    {
        using var folder = new TempFolder();
        Assert.Contains("damaged", Refused(Tamper(folder, ModelFile.DescriptionEntry, _ => "{\"format\":1,"u8.ToArray())).Message);
        Assert.Contains("format", Refused(Tamper(folder, ModelFile.DescriptionEntry, _ => "[]"u8.ToArray())).Message);
        Assert.Contains("damaged", Refused(Tamper(folder, ModelFile.DescriptionEntry, _ => "{\"format\":1,\"format\":1}"u8.ToArray())).Message);
    }

    [Fact]
    public void Load_OneWeightChanged_IsNoticed()
    {
        using var folder = new TempFolder();
        var path = Tamper(folder, ModelFile.WeightsEntry, w => { w[^1] ^= 1; return w; });
        var before = Live.Tensors();
        Assert.Contains("SHA-256", Refused(path).Message);
        Assert.Equal(before, Live.Tensors());
    }

    [Fact]
    public void Load_WeightsOfAnotherLength_AreNoticed()
    {
        using var folder = new TempFolder();
        Assert.Contains("were written", Refused(Tamper(folder, ModelFile.WeightsEntry, w => w[..^4])).Message);
    }

    [Fact]
    public void Load_EntryMissing_IsNamed()
    {
        using var folder = new TempFolder();
        Assert.Contains(ModelFile.WeightsEntry, Refused(Tamper(folder, ModelFile.WeightsEntry, _ => null)).Message);
        Assert.Contains(ModelFile.DescriptionEntry, Refused(Tamper(folder, ModelFile.DescriptionEntry, _ => null)).Message);
    }

    [Fact]
    public void Load_CompressedWeights_AreRefused()
    {
        using var folder = new TempFolder();
        Assert.Contains("uncompressed", Refused(Tamper(folder, ModelFile.WeightsEntry, _ => new byte[10 << 20], CompressionLevel.Optimal)).Message);
    }

    [Theory]
    [InlineData("../../evil.sh")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\evil.dll")]
    [InlineData("C:evil")]
    public void Load_PathThatLeadsOut_IsRefused(string name)
    {
        using var folder = new TempFolder();
        var path = Save(folder);
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Update))
            Zip.Add(archive, name, [1]);
        Assert.Contains(name, Refused(path).Message);
    }

    [Theory]
    [InlineData("extra.bin", "does not belong")]
    [InlineData("model.json", "twice")]
    [InlineData("weights.safetensors", "twice")]
    [InlineData("before.mlnet.zip", "does not belong")]
    [InlineData("after.mlnet.zip", "does not belong")]
    public void Load_OneEntryMore_IsRefused(string name, string named)
    {
        using var folder = new TempFolder();
        var path = Save(folder);
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Update))
            Zip.Add(archive, name, [1]);
        Assert.Contains(named, Refused(path).Message);
    }

    [Fact]
    public void Load_HugeDescription_IsRefusedBeforeReading()
    {
        using var folder = new TempFolder();
        var path = folder.File("bomb.fovea");
        using (var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        using (var stream = archive.CreateEntry(ModelFile.DescriptionEntry, CompressionLevel.Fastest).Open())
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 257; i++)
                stream.Write(zeros);
        }
        Assert.Contains("at most", Refused(path).Message);
    }

    [Fact]
    public void Registry_UnknownModel_SaysWhatIsPossible()
    {
        var registry = new ModelRegistry().Add("classification", (_, _) => throw new InvalidOperationException("read"));
        var ml = new MLContext(1);
        using var folder = new TempFolder();
        var view = ml.Data.LoadFromEnumerable(new[] { new { Label = "a" } });
        var chain = ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.Transforms.CopyColumns("Copy", "Label")).Fit(view);
        Assert.Contains("classification", Assert.Throws<ArgumentException>(() => registry.Save(ml, chain, folder.File("m"))).Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
        var path = Save(folder);
        Assert.Equal("read", Assert.Throws<InvalidOperationException>(() => registry.Load(ml, path)).Message);
    }

    [Fact]
    public void Load_ModelOfMLNet_PointsToItsLoader()
    {
        using var folder = new TempFolder();
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable(new[] { new { Label = "a" } });
        var path = folder.File("mlnet.zip");
        ml.Model.Save(ml.Transforms.Conversion.MapValueToKey("Label").Fit(view), view.Schema, path);
        Assert.Contains("ml.Model.Load", Refused(path).Message);
    }
}
