using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fovea;

/// <summary>
/// Blends an image with another of its batch (Zhang et al.: mixup: Beyond Empirical Risk Minimization, 2018,
/// https://arxiv.org/abs/1710.09412). The authors draw one share for the whole batch; here each image has its own.
/// </summary>
internal sealed record MixUp : BatchStep
{
    public double Alpha { get; }
    public override double Probability { get; }

    public MixUp(double alpha, double probability)
    {
        MixingBounds.Check(alpha, probability);
        (Alpha, Probability) = (alpha, probability);
    }

    public override float Mix(Span<byte> image, ReadOnlySpan<byte> partner, BatchLayout layout, Random random)
    {
        var weight = (int)Math.Round(SymmetricBeta.Next(Alpha, random) * 256);
        Blend(image, partner, weight);
        return weight / 256f;
    }

    /// <summary>(image * weight + partner * (256 - weight)) / 256, halves rounded up: at most half a level beside the exact value.</summary>
    /// <param name="image">uint8, changed in place.</param>
    /// <param name="partner">uint8, as many.</param>
    /// <param name="weight">0 to 256.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Blend(Span<byte> image, ReadOnlySpan<byte> partner, int weight)
    {
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var own = new Vector<ushort>((ushort)weight);
            var other = new Vector<ushort>((ushort)(256 - weight));
            var half = new Vector<ushort>(128);
            for (; i + Vector<byte>.Count <= image.Length; i += Vector<byte>.Count)
            {
                Vector.Widen(new Vector<byte>(image[i..]), out var low, out var high);
                Vector.Widen(new Vector<byte>(partner[i..]), out var otherLow, out var otherHigh);
                // At most 255 * 256 + 128, which 16 bits hold.
                low = (low * own + otherLow * other + half) >>> 8;
                high = (high * own + otherHigh * other + half) >>> 8;
                Vector.Narrow(low, high).CopyTo(image[i..]);
            }
        }
        for (; i < image.Length; i++)
            image[i] = (byte)((image[i] * weight + partner[i] * (256 - weight) + 128) >> 8);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"mixup {Alpha:0.##} ({Probability:0.##})");
}
