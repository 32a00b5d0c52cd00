using System.Globalization;
using System.Text;
using System.Text.Json;
using Fovea.Native;
using Fovea.Storage;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Storage;

public class SafetensorsFileTests
{
    private sealed record Entry(string Type, long[] Shape, string[] Values);

    private static readonly Dictionary<string, ScalarType> Types = new()
    {
        ["BOOL"] = ScalarType.Bool, ["U8"] = ScalarType.Byte, ["I8"] = ScalarType.Int8, ["I16"] = ScalarType.Int16, ["I32"] = ScalarType.Int32,
        ["I64"] = ScalarType.Int64, ["F16"] = ScalarType.Float16, ["BF16"] = ScalarType.BFloat16, ["F32"] = ScalarType.Float32, ["F64"] = ScalarType.Float64,
    };

    private static string Fixture(string name) => TestData.Reference($"storage/{name}");

    private static byte[] File(string header, int dataBytes)
    {
        var text = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[dataBytes]];
    }

    private static InvalidDataException Refused(byte[] file)
    {
        var error = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(new MemoryStream(file), file.Length, "f.safetensors"));
        Assert.Contains("'f.safetensors'", error.Message);
        return error;
    }

    [Fact]
    public void Read_FileWrittenInPython_GivesItsNumbers()
    {
        var expected = JsonSerializer.Deserialize<Dictionary<string, Entry>>(System.IO.File.ReadAllText(Fixture("types.json")), JsonSerializerOptions.Web)!;
        var read = SafetensorsFile.Read(Fixture("types.safetensors"));
        Assert.Equal(expected.Keys, read.Keys);
        foreach (var (name, entry) in expected)
        {
            using var tensor = read[name];
            Assert.Equal(entry.Shape, tensor.shape);
            Assert.Equal(Types[entry.Type], tensor.dtype);
            if (entry.Values.Length == 0)
                continue;
            using var scope = NewDisposeScope();
            if (entry.Type == "I64")
                Assert.Equal(entry.Values.Select(v => long.Parse(v, CultureInfo.InvariantCulture)), tensor.data<long>().ToArray());
            else
                Assert.Equal(entry.Values.Select(v => double.Parse(v, CultureInfo.InvariantCulture)), tensor.to(ScalarType.Float64).data<double>().ToArray());
        }
    }

    [Fact]
    public void Write_WhatWasRead_ReadsTheSame()
    {
        using var folder = new TempFolder();
        var path = folder.File("a.safetensors");
        var first = SafetensorsFile.Read(Fixture("types.safetensors"));
        SafetensorsFile.Write(path, first);
        var second = SafetensorsFile.Read(path);
        Assert.Equal(first.Keys, second.Keys);
        foreach (var name in first.Keys)
        {
            Assert.Equal(first[name].dtype, second[name].dtype);
            TensorAssert.Same(first[name], second[name], name);
            first[name].Dispose();
            second[name].Dispose();
        }
    }

    [Fact]
    public void Write_MixedTypes_AlignsEachToItsSize()
    {
        using var folder = new TempFolder();
        var path = folder.File("a.safetensors");
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(path, new Dictionary<string, Tensor> { ["byte"] = zeros(3, ScalarType.Byte), ["single"] = zeros(3), ["long"] = zeros(2, ScalarType.Int64) });
        var file = System.IO.File.ReadAllBytes(path);
        var header = (int)BitConverter.ToInt64(file);
        Assert.Equal(0, header % 8);
        using var json = JsonDocument.Parse(file.AsMemory(8, header));
        long Start(string name) => json.RootElement.GetProperty(name).GetProperty("data_offsets")[0].GetInt64();
        Assert.Equal((0, 16, 28), (Start("long"), Start("single"), Start("byte")));
        // The order of names is the order given.
        Assert.Equal(["__metadata__", "byte", "single", "long"], json.RootElement.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void Write_TransposedTensor_WritesItsValues()
    {
        using var stream = new MemoryStream();
        using var scope = NewDisposeScope();
        var matrix = arange(6, ScalarType.Float32).reshape(2, 3).t();
        SafetensorsFile.Write(stream, new Dictionary<string, Tensor> { ["m"] = matrix });
        stream.Position = 0;
        using var read = SafetensorsFile.Read(stream, stream.Length, "m")["m"];
        TensorAssert.Same(matrix, read);
    }

    [Fact]
    public void Read_CutAnywhere_IsRefused()
    {
        var file = System.IO.File.ReadAllBytes(Fixture("types.safetensors"));
        var before = Live.Tensors();
        for (var length = 0; length < file.Length; length++)
            Refused(file[..length]);
        Assert.Equal(before, Live.Tensors());
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "ends at byte 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "last 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "4 bytes before")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[0,8]}}""", 8, "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "no range")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "no range")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]}}""", 8, "header")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", 8, "F8_E4M3")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", 8, "more")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "'f.safetensors'")]
    [InlineData("""{"a":7}""", 8, "no object")]
    [InlineData("""[1]""", 8, "no object")]
    [InlineData("""{"a":""", 8, "header")]
    public void Read_HeaderThatLies_IsRefused(string header, int dataBytes, string named) =>
        Assert.Contains(named, Refused(File(header, dataBytes)).Message);

    [Fact]
    public void Read_StreamThatEndsEarly_LeavesNoTensor()
    {
        // The length is right, so the header is believed, but the bytes do not come.
        var file = System.IO.File.ReadAllBytes(Fixture("types.safetensors"));
        var before = Live.Tensors();
        Assert.Contains("cut off", Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(new MemoryStream(file[..^5]), file.Length, "f")).Message);
        Assert.Equal(before, Live.Tensors());
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    [InlineData(100_000_001L)]
    [InlineData(1000L)]
    public void Read_HeaderLengthThatCannotBe_IsRefused(long length) =>
        Assert.Contains("header of", Refused([.. BitConverter.GetBytes(length), .. "{}      "u8]).Message);

    [Fact]
    public void Read_NoTensors_IsEmpty() => Assert.Empty(SafetensorsFile.Read(new MemoryStream(File("{}", 0)), 10, "f"));

    [SkippableTheory]
    [InlineData("statedict.pth")]
    [InlineData("nested.pth")]
    public void StateDict_WrittenByPyTorch_EqualsSafetensors(string name)
    {
        Skip.IfNot(LibTorch.IsAvailable, LibTorch.WhyNotAvailable);
        var expected = StateDict.Read(Fixture("statedict.safetensors"));
        var read = StateDict.Read(Fixture(name));
        Assert.Equal(expected.Keys, read.Keys);
        foreach (var (key, tensor) in expected)
        {
            Assert.Equal(tensor.dtype, read[key].dtype);
            TensorAssert.Same(tensor, read[key], key);
            tensor.Dispose();
            read[key].Dispose();
        }
    }

    [SkippableFact]
    public void StateDict_DamagedPth_NamesIt()
    {
        Skip.IfNot(LibTorch.IsAvailable, LibTorch.WhyNotAvailable);
        using var folder = new TempFolder();
        var path = folder.Write("cut.pth", System.IO.File.ReadAllBytes(Fixture("statedict.pth"))[..1000]);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => StateDict.Read(path)).Message);
    }

    [Fact]
    public void StateDict_UnknownExtension_SaysWhatIsPossible()
    {
        using var folder = new TempFolder();
        Assert.Contains(".safetensors", Assert.Throws<InvalidDataException>(() => StateDict.Read(folder.Write("a.onnx", [1]))).Message);
        Assert.Throws<FileNotFoundException>(() => StateDict.Read(folder.File("none.pth")));
    }

    [Fact]
    public void Load_PyTorchsKeys_FillTheNetwork()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(16, 2));
        var weights = StateDict.Read(Fixture("statedict.safetensors"));
        Assert.Empty(StateDict.Load(network, weights, "w"));
        foreach (var (key, target) in network.state_dict())
            TensorAssert.Same(target, weights[key], key);
        Assert.Equal(1, network.state_dict()["1.num_batches_tracked"].item<long>());
    }

    [Fact]
    public void Load_OtherNetwork_ListsEveryKey()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(16, 5), nn.Linear(5, 1));
        var weights = StateDict.Read(Fixture("statedict.safetensors"));
        weights["extra"] = ones(1);
        var error = Assert.Throws<InvalidDataException>(() => StateDict.Load(network, weights, "w.safetensors"));
        Assert.Contains("'w.safetensors'", error.Message);
        Assert.Contains("3.weight ((2, 16) in the file, (5, 16) in the network)", error.Message);
        Assert.Contains("2 missing from the file: 4.weight, 4.bias", error.Message);
        Assert.Contains("1 not in the network: extra", error.Message);
    }

    [Fact]
    public void Load_OptionalLastLayer_IsLeftAlone()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(16, 5));
        var before = network.state_dict()["3.weight"].clone();
        var weights = StateDict.Read(Fixture("statedict.safetensors"));
        Assert.Equal(["3.weight", "3.bias"], StateDict.Load(network, weights, "w", "3."));
        TensorAssert.Same(before, network.state_dict()["3.weight"]);
        TensorAssert.Same(weights["0.weight"], network.state_dict()["0.weight"]);
    }
}
