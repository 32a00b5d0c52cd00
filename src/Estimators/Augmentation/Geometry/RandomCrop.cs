namespace Fovea;

/// <summary>Cuts a part of a fixed size out of a sample, every place equally likely.</summary>
internal sealed record RandomCrop : SampleStep
{
    public int Height { get; }
    public int Width { get; }

    public RandomCrop(int height, int width)
    {
        CropSize.Check(height, width);
        (Height, Width) = (height, width);
    }

    public override (int Height, int Width) SizeAfter(int height, int width) => CropSize.Within(Height, Width, height, width);

    public override void Apply(Sample sample, Random random)
    {
        SizeAfter(sample.Height, sample.Width);
        var top = random.Next(sample.Height - Height + 1);
        var left = random.Next(sample.Width - Width + 1);
        Placement.Move(sample, Height, Width, -top, -left, EdgeFill.Zero);
    }

    public override string ToString() => $"crop {Height}x{Width}";
}
