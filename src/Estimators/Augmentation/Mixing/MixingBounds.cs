namespace Fovea;

/// <summary>What both ways of mixing refuse.</summary>
internal static class MixingBounds
{
    public static void Check(double alpha, double probability)
    {
        if (!(alpha is >= 0.01 and <= 100))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The alpha of the mixing shares' Beta distribution must be 0.01 to 100.");
        if (!(probability is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "The probability of a mixing must be 0 to 1.");
    }
}
