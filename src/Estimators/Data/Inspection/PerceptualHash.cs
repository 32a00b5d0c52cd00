using System.Numerics;

namespace Fovea.Data;

/// <summary>255 bits that are alike for images that look alike.</summary>
internal readonly record struct PerceptualHash(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Bits that say something; the first of the 256, the mean brightness, is always 0.</summary>
    public const int Bits = 255;

    /// <summary>Bits in which two differ, 0 to <see cref="Bits"/>.</summary>
    public int Distance(PerceptualHash other) =>
        BitOperations.PopCount(A ^ other.A) + BitOperations.PopCount(B ^ other.B) + BitOperations.PopCount(C ^ other.C) + BitOperations.PopCount(D ^ other.D);

    /// <summary>A bit.</summary>
    /// <param name="index">0 to 255.</param>
    public ulong this[int index] => ((index >> 6) switch { 0 => A, 1 => B, 2 => C, _ => D }) >> (index & 63) & 1;
}
