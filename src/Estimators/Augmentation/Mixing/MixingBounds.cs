namespace Fovea;

/// <summary>What both ways of mixing refuse.</summary>
internal static class MixingBounds
{
    public static void Check(double alpha, double probability)
    {
        StepBounds.Number(alpha, 0.01, 100, nameof(alpha), "The alpha of the mixing shares' Beta distribution");
        StepBounds.Probability(probability, "a mixing");
    }
}
