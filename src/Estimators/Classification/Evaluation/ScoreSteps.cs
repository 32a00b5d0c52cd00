namespace Fovea.Classification.Evaluation;

/// <summary>
/// Steps that a probability falls in, 32 for each doubling of the odds' smaller side: from both ends, 0 and 1, they become finer,
/// since there a network's scores crowd. Below 2⁻³² there is one step; above one half no float32 lies closer to 1 than 2⁻²⁴.
/// </summary>
internal static class ScoreSteps
{
    // The 5 highest bits of the mantissa tell the 32 steps of a doubling.
    private const int Shift = 23 - 5;
    private const int Lowest = 127 - 32 << 5;
    private const int Closest = 127 - 24 << 5;

    /// <summary>Steps with scores below one half, and of all.</summary>
    private const int Lower = (127 - 1 << 5) - Lowest + 1;
    public const int Count = Lower + (127 - 1 << 5) - Closest + 2;

    /// <summary>The step of a score.</summary>
    /// <param name="score">0 to 1.</param>
    public static int Of(float score) => score < 0.5f ? Place(score, Lowest) : Count - 1 - Place(1 - score, Closest);

    /// <summary>The lowest score of a step.</summary>
    public static double From(int step)
    {
        if (step < Lower)
            return step == 0 ? 0 : Start(step, Lowest);
        var place = Count - 1 - step;
        // Distances to 1 are multiples of 2⁻²⁴: the largest below the next step's.
        return place == 0 ? 1 : Math.Max(0.5, 1 - (Math.Ceiling(Start(place + 1, Closest) * (1 << 24)) - 1) / (1 << 24));
    }

    private static int Place(float value, int first) => Math.Max(0, (int)(BitConverter.SingleToUInt32Bits(value) >> Shift) - first + 1);

    private static double Start(int place, int first) => BitConverter.UInt32BitsToSingle((uint)(place - 1 + first) << Shift);
}
