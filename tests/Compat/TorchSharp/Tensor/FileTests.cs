using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Compat;

/// <summary>Tensors in files and streams.</summary>
public sealed class FileTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly string path = Path.GetTempFileName();

    public void Dispose()
    {
        scope.Dispose();
        File.Delete(path);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Bool)]
    [InlineData(ScalarType.BFloat16)]
    public void SaveAndLoad_OfLibTorchsFile_KeepsTheTensor(ScalarType type)
    {
        var values = arange(6).reshape(2, 3).to(type);
        save(values, path);

        Assert.True(load(path).Equals(values));
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Float16)]
    public void SaveAndLoad_OfStream_KeepsTheTensor(ScalarType type)
    {
        var values = arange(6).reshape(2, 3).to(type);
        var stream = new MemoryStream();
        var writer = new BinaryWriter(stream);
        values.Save(writer);
        writer.Flush();
        stream.Position = 0;

        var loaded = Tensor.Load(new BinaryReader(stream));
        Assert.Equal(type, loaded.dtype);
        Assert.True(loaded.Equals(values));
    }

    [Fact]
    public void Save_IntoStream_HasTorchSharpsHeader()
    {
        var stream = new MemoryStream();
        var writer = new BinaryWriter(stream);
        tensor(new byte[300]).reshape(1, 300).Save(writer);
        writer.Flush();

        // type 0, 2 dimensions, 1, 300 as LEB128, then the bytes
        Assert.Equal([0, 2, 1, 0xAC, 0x02], stream.ToArray()[..5]);
        Assert.Equal(305, stream.Length);
    }

    [Fact]
    public void Load_IntoTensorOfOtherShapeOrType_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => zeros(3).Load(Reader(ones(2))));
        Assert.Throws<ArgumentException>(() => zeros(2, dtype: ScalarType.Int64).Load(Reader(ones(2))));
    }

    [Fact]
    public void Load_IntoLeaf_OverwritesIt()
    {
        var leaf = zeros(2, requires_grad: true);
        leaf.Load(Reader(tensor(new float[] { 5, 6 })));

        Assert.Equal([5f, 6], leaf.data<float>().ToArray());
    }

    [Fact]
    public void Load_OfTruncatedStream_Fails()
    {
        var stream = (MemoryStream)Reader(ones(10)).BaseStream;
        stream.SetLength(stream.Length - 1);

        Assert.Throws<EndOfStreamException>(() => Tensor.Load(new BinaryReader(stream)));
    }

    private static BinaryReader Reader(Tensor tensor)
    {
        var stream = new MemoryStream();
        var writer = new BinaryWriter(stream);
        tensor.Save(writer);
        writer.Flush();
        stream.Position = 0;
        return new BinaryReader(stream);
    }
}
