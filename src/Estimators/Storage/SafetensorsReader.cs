using System.Buffers.Binary;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace Fovea.Storage;

/// <summary>Reads a safetensors file in two steps: the header, which needs no LibTorch, and the tensors.</summary>
internal sealed class SafetensorsReader
{
    private const int PrefixLength = 8;

    private readonly Stream _stream;
    private readonly string _source;
    private readonly byte[] _header; // with its length before it
    private readonly IReadOnlyList<SafetensorsEntry> _entries;

    /// <summary>Reads and checks the header.</summary>
    /// <param name="stream">Stands at the first byte; is read once, in order.</param>
    /// <param name="length">Bytes from there to the end of the tensors.</param>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="InvalidDataException">The file is damaged; the message says where.</exception>
    public SafetensorsReader(Stream stream, long length, string source)
    {
        (_stream, _source) = (stream, source);
        if (length < PrefixLength)
            throw new InvalidDataException($"'{source}' has {length} bytes; a safetensors file has at least 8. It is cut off.");
        Span<byte> prefix = stackalloc byte[PrefixLength];
        ReadExactly(prefix);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > SafetensorsHeader.LargestHeader || headerLength > (ulong)(length - PrefixLength))
            throw new InvalidDataException($"'{source}' announces a header of {headerLength} bytes, but has {length - 8} bytes in all (and at most {SafetensorsHeader.LargestHeader} are allowed). It is no safetensors file, or cut off.");
        _header = new byte[PrefixLength + (int)headerLength];
        prefix.CopyTo(_header);
        ReadExactly(_header.AsSpan(PrefixLength));
        _entries = SafetensorsHeader.Parse(_header.AsMemory(PrefixLength), length - _header.Length, source);
    }

    /// <summary>Reads the tensors, once.</summary>
    /// <param name="hash">Gets every byte of the file in order, the header's too; null for none.</param>
    /// <returns>By name in the order of the header; on the CPU, of no dispose scope. The caller's to dispose.</returns>
    /// <exception cref="InvalidDataException">The file is cut off.</exception>
    public Dictionary<string, Tensor> Tensors(IncrementalHash? hash = null)
    {
        hash?.AppendData(_header);
        var read = new Dictionary<string, Tensor>();
        try
        {
            foreach (var entry in _entries.OrderBy(e => e.Start).ThenBy(e => e.End))
            {
                var tensor = empty(entry.Shape, entry.Type, CPU).DetachFromDisposeScope();
                read.Add(entry.Name, tensor);
                TensorBytes.Visit(tensor, bytes =>
                {
                    ReadExactly(bytes);
                    hash?.AppendData(bytes);
                });
            }
        }
        catch
        {
            foreach (var tensor in read.Values)
                tensor.Dispose();
            throw;
        }
        return _entries.ToDictionary(e => e.Name, e => read[e.Name]);
    }

    private void ReadExactly(Span<byte> bytes)
    {
        try
        {
            _stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException($"'{_source}' is cut off.", e);
        }
    }
}
