namespace Fovea;

/// <summary>Moves a sample by up to <see cref="Pixels"/> in each direction.</summary>
internal sealed record RandomShift : SampleStep
{
    public int Pixels { get; }
    public EdgeFill Fill { get; }

    public RandomShift(int pixels, EdgeFill fill)
    {
        if (pixels is < 0 or > 1024)
            throw new ArgumentOutOfRangeException(nameof(pixels), pixels, "The largest shift must be 0 to 1024 pixels.");
        (Pixels, Fill) = (pixels, fill);
    }

    public override void Apply(Sample sample, Random random)
    {
        var down = random.Next(-Pixels, Pixels + 1);
        var right = random.Next(-Pixels, Pixels + 1);
        if (down != 0 || right != 0)
            Placement.Move(sample, sample.Height, sample.Width, down, right, Fill);
    }

    public override string ToString() => $"shift up to {Pixels} px";
}
