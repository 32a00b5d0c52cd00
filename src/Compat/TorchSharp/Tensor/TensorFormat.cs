using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// TorchSharp's own format of a tensor: element type, number of dimensions and their lengths as LEB128 integers, then
/// the elements as they lie in memory, contiguous and little-endian.
/// </summary>
internal static class TensorFormat
{
    public static void Write(Tensor tensor, BinaryWriter writer)
    {
        WriteInteger(writer, (long)tensor.dtype);
        var shape = tensor.shape;
        WriteInteger(writer, shape.Length);
        foreach (var length in shape)
            WriteInteger(writer, length);
        writer.Flush();
        if (tensor.is_cpu())
        {
            tensor.WriteBytesToStream(writer.BaseStream);
            return;
        }

        using var local = tensor.cpu();
        local.WriteBytesToStream(writer.BaseStream);
    }

    /// <exception cref="FormatException">The bytes are no header.</exception>
    public static (ScalarType Type, long[] Shape) ReadHeader(BinaryReader reader)
    {
        var type = ReadInteger(reader);
        if (!Enum.IsDefined(typeof(ScalarType), (sbyte)type) || type > sbyte.MaxValue)
            throw new FormatException($"{type} is no element type: the stream has no tensor here.");
        var dimensions = ReadInteger(reader);
        if (dimensions > 64)
            throw new FormatException($"{dimensions} dimensions are more than a tensor can have: the stream has no tensor here.");
        var shape = new long[dimensions];
        for (var d = 0; d < shape.Length; d++)
            shape[d] = ReadInteger(reader);
        return ((ScalarType)type, shape);
    }

    public static void ReadInto(Tensor tensor, long[] shape, BinaryReader reader, bool skip)
    {
        if (skip)
        {
            reader.BaseStream.Seek(tensor.numel() * tensor.ElementSize, SeekOrigin.Current);
            return;
        }

        if (!shape.AsSpan().SequenceEqual(tensor.shape))
            throw new ArgumentException($"The tensor has shape [{string.Join(", ", tensor.shape)}]; the file has [{string.Join(", ", shape)}].");
        if (tensor.is_cpu() && tensor.is_contiguous())
        {
            tensor.ReadBytesFromStream(reader.BaseStream);
            return;
        }

        using var gradient = no_grad();
        using var local = empty(shape, tensor.dtype, CPU);
        local.ReadBytesFromStream(reader.BaseStream);
        tensor.copy_(local);
    }

    public static void WriteInteger(BinaryWriter writer, long value) => writer.Write7BitEncodedInt64(value);

    /// <exception cref="FormatException">More than 63 bits.</exception>
    public static long ReadInteger(BinaryReader reader)
    {
        var value = reader.Read7BitEncodedInt64();
        return value >= 0 ? value : throw new FormatException($"A length of {value} was read.");
    }
}
