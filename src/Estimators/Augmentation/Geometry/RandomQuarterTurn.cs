namespace Fovea;

/// <summary>Turns a square sample by 0, 90, 180 or 270 degrees, any other by 0 or 180, so that its size stays.</summary>
internal sealed record RandomQuarterTurn : SampleStep
{
    public override void Apply(Sample sample, Random random)
    {
        var turns = random.Next(4);
        if (sample.Height != sample.Width)
            turns &= 2;
        Turn(sample, turns);
    }

    /// <param name="sample">Changed in place; odd turns exchange height and width.</param>
    /// <param name="turns">Quarter turns against the clock, 0 to 3.</param>
    public static void Turn(Sample sample, int turns)
    {
        if (turns >= 2)
        {
            Mirror.Horizontal(sample);
            Mirror.Vertical(sample);
        }
        if ((turns & 1) != 0)
            Mirror.QuarterTurn(sample);
    }

    public override string ToString() => "quarter turns";
}
