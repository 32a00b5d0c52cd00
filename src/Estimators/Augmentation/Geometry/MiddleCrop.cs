namespace Fovea;

/// <summary>Cuts the middle out of a sample.</summary>
internal sealed record MiddleCrop : SampleStep
{
    public int Height { get; }
    public int Width { get; }

    public MiddleCrop(int height, int width)
    {
        CropSize.Check(height, width);
        (Height, Width) = (height, width);
    }

    public override (int Height, int Width) SizeAfter(int height, int width) => CropSize.Within(Height, Width, height, width);

    public override void Apply(Sample sample, Random random)
    {
        SizeAfter(sample.Height, sample.Width);
        // An odd rest is halved to the even number, as torchvision's CenterCrop does.
        var top = (int)Math.Round((sample.Height - Height) / 2.0);
        var left = (int)Math.Round((sample.Width - Width) / 2.0);
        Placement.Move(sample, Height, Width, -top, -left, EdgeFill.Zero);
    }

    public override string ToString() => $"middle {Height}x{Width}";
}
