namespace Fovea.Detection.Evaluation;

/// <summary>What a prediction is worth at each IoU threshold t and in each range of areas a: a bit at 16 · a + t.</summary>
/// <param name="Matched">It found an object.</param>
/// <param name="Ignored">It does not count.</param>
internal readonly record struct CocoHit(ulong Matched, ulong Ignored)
{
    public static ulong Bit(int area, int threshold) => 1UL << (16 * area + threshold);
}
