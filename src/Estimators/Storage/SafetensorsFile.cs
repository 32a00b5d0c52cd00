using System.Buffers.Binary;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Storage;

/// <summary>Tensors by name in Hugging Face's safetensors format: a length, a JSON header, the bytes. Nothing in it can be run.</summary>
internal static class SafetensorsFile
{
    /// <summary>All tensors of a file.</summary>
    /// <returns>By name in the order of the header; on the CPU, of no dispose scope. The caller's to dispose.</returns>
    /// <exception cref="InvalidDataException">The file is damaged; the message says where.</exception>
    public static Dictionary<string, Tensor> Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, stream.Length, path);
    }

    /// <param name="stream">Stands at the first byte; is read once, in order.</param>
    /// <param name="length">Bytes from there to the end of the tensors.</param>
    /// <param name="source">The file, for messages.</param>
    public static Dictionary<string, Tensor> Read(Stream stream, long length, string source) => new SafetensorsReader(stream, length, source).Tensors();

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written; a file that was there stays as it was.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors) => AtomicFile.Write(path, stream => Write(stream, tensors));

    /// <param name="stream">Gets the bytes.</param>
    /// <param name="tensors">On any device; each is copied to the CPU in its turn.</param>
    public static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors)
    {
        // Large elements first: then each tensor begins at a multiple of its element's size, without gaps, which the format forbids.
        var placed = tensors.OrderByDescending(t => SafetensorsHeader.SizeOf(t.Value.dtype)).ToList();
        var entries = new Dictionary<string, SafetensorsEntry>();
        long at = 0;
        foreach (var (name, tensor) in placed)
        {
            var bytes = tensor.NumberOfElements * SafetensorsHeader.SizeOf(tensor.dtype);
            entries[name] = new SafetensorsEntry(name, tensor.dtype, tensor.shape, at, at + bytes);
            at += bytes;
        }
        var header = SafetensorsHeader.Write(tensors.Keys.Select(name => entries[name]));
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);
        foreach (var (_, tensor) in placed)
        {
            using var scope = NewDisposeScope();
            TensorBytes.Visit(tensor.detach().cpu().contiguous(), bytes => stream.Write(bytes));
        }
    }
}
