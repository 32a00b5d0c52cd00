namespace Fovea;

/// <summary>Adds <see cref="Pixels"/> on each side of a sample.</summary>
internal sealed record EdgePadding : SampleStep
{
    public int Pixels { get; }
    public EdgeFill Fill { get; }

    public EdgePadding(int pixels, EdgeFill fill)
    {
        if (pixels is < 0 or > 1024)
            throw new ArgumentOutOfRangeException(nameof(pixels), pixels, "The padding must be 0 to 1024 pixels on each side.");
        (Pixels, Fill) = (pixels, fill);
    }

    public override (int Height, int Width) SizeAfter(int height, int width) => (height + 2 * Pixels, width + 2 * Pixels);

    public override void Apply(Sample sample, Random random)
    {
        var (height, width) = SizeAfter(sample.Height, sample.Width);
        Placement.Move(sample, height, width, Pixels, Pixels, Fill);
    }

    public override string ToString() => $"pad {Pixels} px with {Fill}";
}
