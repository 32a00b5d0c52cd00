using System.Numerics;
using System.Runtime.InteropServices;

namespace Fovea.Reporting;

/// <summary>The checksum of TensorFlow's record files: CRC-32C (Castagnoli, RFC 3720) turned and shifted, so that a checksum over bytes with checksums stays a good one.</summary>
internal static class MaskedCrc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Plain(bytes), 15) + 0xA282EAD8;

    /// <summary>CRC-32C itself.</summary>
    public static uint Plain(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word));
        foreach (var single in bytes[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, single);
        return ~crc;
    }
}
