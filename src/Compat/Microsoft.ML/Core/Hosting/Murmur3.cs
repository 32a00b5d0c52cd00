using System.Buffers.Binary;
using System.Numerics;

namespace Microsoft.ML.Runtime;

/// <summary>MurmurHash3 with 32 bits (Austin Appleby, public domain), whole and by rounds.</summary>
internal static class Murmur3
{
    public static uint Round(uint hash, uint block) => BitOperations.RotateLeft(hash ^ Scramble(block), 13) * 5 + 0xE6546B64;

    public static uint Mix(uint hash)
    {
        hash = (hash ^ hash >> 16) * 0x85ebca6b;
        hash = (hash ^ hash >> 13) * 0xc2b2ae35;
        return hash ^ hash >> 16;
    }

    public static uint Hash(uint seed, ReadOnlySpan<byte> bytes)
    {
        uint hash = seed;
        int whole = bytes.Length & ~3;
        for (int i = 0; i < whole; i += 4)
            hash = Round(hash, BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]));
        uint rest = 0;
        for (int i = bytes.Length - 1; i >= whole; i--)
            rest = rest << 8 | bytes[i];
        return Mix(hash ^ Scramble(rest) ^ (uint)bytes.Length);
    }

    private static uint Scramble(uint block) => BitOperations.RotateLeft(block * 0xCC9E2D51, 15) * 0x1B873593;
}
