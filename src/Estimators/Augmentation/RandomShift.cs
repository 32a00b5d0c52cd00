namespace Fovea;

/// <summary>Moves an image by up to <see cref="Pixels"/> in each direction.</summary>
internal sealed record RandomShift : IImageAugmentation
{
    public int Pixels { get; }
    public EdgeFill Fill { get; }

    public RandomShift(int pixels, EdgeFill fill)
    {
        if (pixels is < 0 or > 1024)
            throw new ArgumentOutOfRangeException(nameof(pixels), pixels, "The largest shift must be 0 to 1024 pixels.");
        if (!Enum.IsDefined(fill))
            throw new ArgumentOutOfRangeException(nameof(fill), fill, $"The fill must be one of {string.Join(", ", Enum.GetNames<EdgeFill>())}.");
        (Pixels, Fill) = (pixels, fill);
    }

    public void Apply(Span<byte> pixels, int height, int width, int channels, Span<byte> scratch, Random random)
    {
        var down = random.Next(-Pixels, Pixels + 1);
        var right = random.Next(-Pixels, Pixels + 1);
        if (down == 0 && right == 0)
            return;
        pixels.CopyTo(scratch);
        var stride = width * channels;
        // A shift beyond the image's own size leaves nothing but the fill.
        var copied = Math.Max(0, width - Math.Abs(right)) * channels;
        var gapLeft = Math.Clamp(right, 0, width) * channels;
        var gapRight = Math.Clamp(-right, 0, width) * channels;
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Slice(y * stride, stride);
            var from = y - down;
            if ((uint)from >= (uint)height)
            {
                if (Fill == EdgeFill.Zero)
                {
                    row.Clear();
                    continue;
                }
                from = Math.Clamp(from, 0, height - 1);
            }
            var source = scratch.Slice(from * stride, stride);
            source.Slice(gapRight, copied).CopyTo(row[gapLeft..]);
            FillGap(row[..gapLeft], source[..channels]);
            FillGap(row[(stride - gapRight)..], source[(stride - channels)..]);
        }
    }

    private void FillGap(Span<byte> gap, ReadOnlySpan<byte> edge)
    {
        if (Fill == EdgeFill.Zero)
            gap.Clear();
        else
            for (var i = 0; i < gap.Length; i += edge.Length)
                edge.CopyTo(gap[i..]);
    }

    public override string ToString() => $"shift up to {Pixels} px";
}
