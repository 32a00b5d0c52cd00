using System.Numerics;

namespace Microsoft.ML.Runtime;

/// <summary>MurmurHash3 with 32 bits (Austin Appleby, public domain), by rounds.</summary>
internal static class Murmur3
{
    public static uint Round(uint hash, uint block)
    {
        block = BitOperations.RotateLeft(block * 0xCC9E2D51, 15) * 0x1B873593;
        return BitOperations.RotateLeft(hash ^ block, 13) * 5 + 0xE6546B64;
    }

    public static uint Mix(uint hash)
    {
        hash = (hash ^ hash >> 16) * 0x85ebca6b;
        hash = (hash ^ hash >> 13) * 0xc2b2ae35;
        return hash ^ hash >> 16;
    }
}
