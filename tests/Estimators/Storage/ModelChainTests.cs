using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fovea.Storage;
using Fovea.Tests.Classification;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Storage;

/// <summary>Vision models among ML.NET's transformers, in one file.</summary>
public sealed class ModelChainTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TempFolder _folder = new();
    private readonly string _path;
    private readonly IDataView _view;

    public ModelChainTests()
    {
        _path = _folder.File("model.fovea");
        _view = Drawings.View(_ml, 12);
    }

    public void Dispose() => _folder.Dispose();

    private CnnTrainer Cnn(string suffix = "") => _ml.Vision.Cnn(Drawings.Options with { Epochs = 1, PredictedLabelColumn = "PredictedLabel" + suffix, ScoreColumn = "Score" + suffix });

    /// <summary>Text to key, classifier, key to text.</summary>
    private TransformerChain<ITransformer> Chain()
    {
        var inner = _ml.Transforms.Conversion.MapValueToKey("Label").Append(Cnn()).Fit(_view);
        var outer = _ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(inner.Transform(_view));
        return new(inner, outer); // nested, as an application may have it
    }

    private static List<Verdict> Predict(MLContext ml, ITransformer model, IDataView view) =>
        [.. ml.Data.CreateEnumerable<Verdict>(model.Transform(view), reuseRowObject: false, ignoreMissingColumns: true)];

    private static void Same(IEnumerable<Verdict> expected, IEnumerable<Verdict> actual) => Assert.Equal(
        expected.Select(v => $"{v.PredictedLabel}: {string.Join(' ', v.Score)}"), actual.Select(v => $"{v.PredictedLabel}: {string.Join(' ', v.Score)}"));

    private InvalidDataException Refused(string path)
    {
        var error = Assert.Throws<InvalidDataException>(() => _ml.Vision.Load(path));
        Assert.Contains(path, error.Message);
        return error;
    }

    /// <summary>The saved chain with the bytes of the transformers before the model changed.</summary>
    private string Change(Func<byte[], byte[]?> change, bool hashed = false, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using (var chain = Chain())
            _ml.Vision.Save(chain, _path);
        var (changed, result) = (_folder.File("changed.fovea"), _folder.File("result.fovea"));
        Zip.Change(_path, changed, ModelFile.BeforeEntry, change, level);
        if (!hashed)
            return changed;
        // Someone who knows the format changes the hash with it.
        Zip.Change(changed, result, ModelFile.DescriptionEntry, json =>
        {
            var (document, part) = (JsonNode.Parse(json)!, Zip.Read(changed, ModelFile.BeforeEntry));
            document["before"] = new JsonObject { ["bytes"] = part.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(part)) };
            return Encoding.UTF8.GetBytes(document.ToJsonString());
        });
        return result;
    }

    [Fact]
    public void Load_Chain_PredictsTheSameInAnotherContext()
    {
        using var chain = Chain();
        _ml.Vision.Save(chain, _path);
        var ml = new MLContext(2);
        using var loaded = Assert.IsType<TransformerChain<ITransformer>>(ml.Vision.Load(_path, ComputeDevice.Cpu));
        Assert.Equal(["ValueToKeyMappingTransformer", "CnnTransformer", "KeyToValueMappingTransformer"], loaded.Select(t => t.GetType().Name));

        var unseen = Drawings.View(ml, 9, seed: 77);
        Same(Predict(_ml, chain, unseen), Predict(ml, loaded, unseen));
        Assert.Equal(chain.GetOutputSchema(unseen.Schema).Select(c => $"{c.Name}: {c.Type}"), loaded.GetOutputSchema(unseen.Schema).Select(c => $"{c.Name}: {c.Type}"));
        using var engine = _ml.Model.CreatePredictionEngine<Drawing, Verdict>(chain);
        using var loadedEngine = ml.Model.CreatePredictionEngine<Drawing, Verdict>(loaded);
        Same(Drawings.Make(9, seed: 77).Select(engine.Predict), Drawings.Make(9, seed: 77).Select(loadedEngine.Predict));
    }

    [Fact]
    public void Load_ModelAlone_IsTheBareModelWithItsHistory()
    {
        using var chain = Cnn().Append(_ml.Transforms.CopyColumns("Copy", "Label")).Fit(_view);
        var model = (CnnTransformer)chain.First();
        _ml.Vision.Save(new TransformerChain<ITransformer>(model), _path);
        using var loaded = Assert.IsType<CnnTransformer>(_ml.Vision.Load(_path, ComputeDevice.Cpu));
        Assert.Equal(ModelJson.ToNode(model.History).ToJsonString(), ModelJson.ToNode(loaded.History).ToJsonString());
        Assert.Equal(ModelJson.ToNode(model.Options).ToJsonString(), ModelJson.ToNode(loaded.Options).ToJsonString());
        Same(Predict(_ml, model, _view), Predict(_ml, loaded, _view));
    }

    [Fact]
    public void Load_TransformersOnlyOnOneSide_KeepTheirPlace()
    {
        using var after = Cnn().Append(_ml.Transforms.CopyColumns("Copy", "Score")).Fit(_view);
        _ml.Vision.Save(after, _path);
        using (var loaded = (TransformerChain<ITransformer>)_ml.Vision.Load(_path))
            Assert.Equal(["CnnTransformer", "ColumnCopyingTransformer"], loaded.Select(t => t.GetType().Name));
        using var before = _ml.Transforms.CopyColumns("Copy", "Image").Append(Cnn()).Fit(_view);
        _ml.Vision.Save(before, _path);
        using (var loaded = (TransformerChain<ITransformer>)_ml.Vision.Load(_path))
            Assert.Equal(["ColumnCopyingTransformer", "CnnTransformer"], loaded.Select(t => t.GetType().Name));
    }

    [Fact]
    public void Load_TransformerForTrainingOnly_StaysOutOfScoring()
    {
        using var chain = new EstimatorChain<ITransformer>()
            .Append(_ml.Transforms.CopyColumns("ForTraining", "Label"), TransformerScope.TrainTest)
            .Append(_ml.Transforms.CopyColumns("Always", "Label"))
            .Append(Cnn())
            .Append(_ml.Transforms.CopyColumns("ForScoring", "Score"), TransformerScope.Scoring).Fit(_view);
        _ml.Vision.Save(chain, _path);
        using var loaded = (TransformerChain<ITransformer>)_ml.Vision.Load(_path);
        Assert.Equal(["Image", "Label", "Always", "PredictedLabel", "Score", "ForScoring"], loaded.GetOutputSchema(_view.Schema).Select(c => c.Name));
        Assert.Equal(["Image", "Label", "ForTraining", "Always", "PredictedLabel", "Score"], loaded.GetModelFor(TransformerScope.Training).GetOutputSchema(_view.Schema, TransformerScope.Training).Select(c => c.Name));
    }

    [Fact]
    public void Save_Twice_GivesTheSameBytes()
    {
        using var chain = Chain();
        _ml.Vision.Save(chain, _path);
        var first = File.ReadAllBytes(_path);
        _ml.Vision.Save(chain, _path);
        Assert.Equal(first, File.ReadAllBytes(_path));
    }

    [Fact]
    public void Save_NothingToSave_SaysWhatIsInTheChain()
    {
        using var two = Cnn().Append(Cnn("2")).Fit(_view);
        Assert.Contains("CnnTransformer, CnnTransformer holds 2 vision models", Assert.Throws<ArgumentException>(() => _ml.Vision.Save(two, _path)).Message);
        var none = _ml.Transforms.CopyColumns("Copy", "Label").Fit(_view);
        Assert.Contains("ColumnCopyingTransformer holds no vision model", Assert.Throws<ArgumentException>(() => _ml.Vision.Save(none, _path)).Message);
        Assert.Contains("nothing holds no vision model", Assert.Throws<ArgumentException>(() => _ml.Vision.Save(new TransformerChain<ITransformer>(), _path)).Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Save_MappingWithoutContract_IsNamedAndLeavesTheOldFile()
    {
        using var chain = _ml.Transforms.CopyColumns("Copy", "Label").Append(_ml.Transforms.CustomMapping<Drawing, Verdict>((_, _) => { }, contractName: null)).Append(Cnn("2")).Fit(_view);
        File.WriteAllText(_path, "old");
        Assert.Contains("CustomMappingTransformer`2", Assert.Throws<ArgumentException>(() => _ml.Vision.Save(chain, _path)).Message);
        Assert.Equal("old", File.ReadAllText(_path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void LoadCnn_Chain_PointsToLoad()
    {
        using var chain = Chain();
        _ml.Vision.Save(chain, _path);
        Assert.Contains("ml.Vision.Load", Assert.Throws<InvalidDataException>(() => _ml.Vision.LoadCnn(_path)).Message);
    }

    [Fact]
    public void Load_ChainWithOwnNetwork_NeedsItsFactory()
    {
        var options = Drawings.Options with { Epochs = 1, Network = OwnNetworks.Normalized };
        using var chain = _ml.Vision.Cnn(options).Append(_ml.Transforms.CopyColumns("Copy", "Score")).Fit(_view);
        _ml.Vision.Save(chain, _path);
        Assert.Contains("network:", Refused(_path).Message);
        using var loaded = (TransformerChain<ITransformer>)_ml.Vision.Load(_path, network: OwnNetworks.Normalized);
        Same(Predict(_ml, chain, _view), Predict(_ml, loaded, _view));
    }

    [Fact]
    public void Load_PartChanged_IsNoticed()
    {
        Assert.Contains("SHA-256", Refused(Change(p => { p[p.Length / 2] ^= 1; return p; })).Message);
        Assert.Contains("were written", Refused(Change(p => p[..^1])).Message);
        Assert.Contains("has no before.mlnet.zip", Refused(Change(_ => null)).Message);
        Assert.Contains("uncompressed", Refused(Change(_ => new byte[10 << 20], level: CompressionLevel.Optimal)).Message);
    }

    [Fact]
    public void Load_PartThatMLNetCannotRead_SaysSo()
    {
        Assert.Contains("ML.NET", Refused(Change(_ => "no zip"u8.ToArray(), hashed: true)).Message);
        Assert.Contains("ML.NET", Refused(Change(p => [.. p.Take(p.Length - 40)], hashed: true)).Message);
    }

    [Fact]
    public void Load_PartThatUnpacksToGigabytes_IsRefusedBeforeUnpacking()
    {
        var path = Change(_ =>
        {
            using var stream = new MemoryStream();
            using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            {
                Zip.Add(archive, "a", [1]);
                Zip.Add(archive, "b", [1]);
            }
            var zip = stream.ToArray();
            for (var at = 0; at + 28 < zip.Length; at++)
                if (zip.AsSpan(at).StartsWith("PK\u0001\u0002"u8)) // an entry of the directory; its announced length
                    BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(at + 24), uint.MaxValue - 1);
            return zip;
        }, hashed: true);
        Assert.Contains("at most", Refused(path).Message);
    }

    [Theory]
    [InlineData("options", "batchSize", "0", "BatchSize")]
    [InlineData("options", "dropout", "7", "Dropout")]
    [InlineData("input", "channels", "2", "channels")]
    public void Load_OptionsOutOfBounds_AreNamed(string record, string field, string json, string named)
    {
        using (var model = Cnn().Fit(_view))
            _ml.Vision.Save(model, _path);
        var changed = _folder.File("changed.fovea");
        Zip.Change(_path, changed, ModelFile.DescriptionEntry, bytes =>
        {
            var document = JsonNode.Parse(bytes)!;
            document["options"]![record]![field] = JsonNode.Parse(json);
            return Encoding.UTF8.GetBytes(document.ToJsonString());
        });
        Assert.Contains(named, Refused(changed).Message);
    }
}
