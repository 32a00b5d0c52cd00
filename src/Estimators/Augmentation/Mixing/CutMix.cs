using System.Globalization;

namespace Fovea;

/// <summary>
/// Lays a rectangle of another image of the batch over an image (Yun et al.: CutMix, 2019, https://arxiv.org/abs/1905.04899).
/// The authors draw one rectangle for the whole batch; here each image has its own.
/// </summary>
internal sealed record CutMix : BatchStep
{
    public double Alpha { get; }
    public override double Probability { get; }

    public CutMix(double alpha, double probability)
    {
        MixingBounds.Check(alpha, probability);
        (Alpha, Probability) = (alpha, probability);
    }

    public override float Mix(Span<byte> image, ReadOnlySpan<byte> partner, BatchLayout layout, Random random)
    {
        var (height, width) = (layout.Height, layout.Width);
        // The rectangle has the image's shape and the area 1 - lambda; its center lies anywhere, so it may stand over the edge.
        var side = Math.Sqrt(1 - SymmetricBeta.Next(Alpha, random));
        var (halfHeight, halfWidth) = ((int)(height * side) / 2, (int)(width * side) / 2);
        var (centerY, centerX) = (random.Next(height), random.Next(width));
        var (top, bottom) = (Math.Max(0, centerY - halfHeight), Math.Min(height, centerY + halfHeight));
        var (left, right) = (Math.Max(0, centerX - halfWidth), Math.Min(width, centerX + halfWidth));

        var (planes, pixel) = layout.ChannelsLast ? (1, layout.Channels) : (layout.Channels, 1);
        for (var plane = 0; plane < planes; plane++)
            for (var y = top; y < bottom; y++)
            {
                var start = ((plane * height + y) * width + left) * pixel;
                partner.Slice(start, (right - left) * pixel).CopyTo(image[start..]);
            }
        // What was cut off at the edge is the image's own again.
        return 1 - (float)(bottom - top) * (right - left) / ((float)height * width);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"cutmix {Alpha:0.##} ({Probability:0.##})");
}
