using System.Runtime.InteropServices;

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
        if (!Enum.IsDefined(fill))
            throw new ArgumentOutOfRangeException(nameof(fill), fill, $"The fill must be one of {string.Join(", ", Enum.GetNames<EdgeFill>())}.");
        (Pixels, Fill) = (pixels, fill);
    }

    public override void Apply(Sample sample, Random random)
    {
        var down = random.Next(-Pixels, Pixels + 1);
        var right = random.Next(-Pixels, Pixels + 1);
        if (down == 0 && right == 0)
            return;
        var (height, width) = (sample.Height, sample.Width);
        Move(sample.Pixels, sample.SparePixels(height, width), height, sample.Channels, down, right, 0);
        if (sample.HasMask)
            Move(sample.Mask, sample.SpareMask(height, width), height, 1, down, right, Sample.Ignored);
        sample.TakeSpare(height, width);
        foreach (ref var box in CollectionsMarshal.AsSpan(sample.Boxes))
            box = box with { X0 = box.X0 + right, Y0 = box.Y0 + down, X1 = box.X1 + right, Y1 = box.Y1 + down };
        sample.ClipBoxes();
    }

    /// <param name="from">(H, W, C).</param>
    /// <param name="to">(H, W, C).</param>
    /// <param name="height">H.</param>
    /// <param name="channels">C.</param>
    /// <param name="down">Rows.</param>
    /// <param name="right">Columns.</param>
    /// <param name="gap">What <see cref="EdgeFill.Zero"/> writes.</param>
    private void Move(ReadOnlySpan<byte> from, Span<byte> to, int height, int channels, int down, int right, byte gap)
    {
        var stride = from.Length / height;
        // A shift beyond the image's own size leaves nothing but the fill.
        var copied = Math.Max(0, stride - Math.Abs(right) * channels);
        var gapLeft = Math.Clamp(right * channels, 0, stride);
        var gapRight = Math.Clamp(-right * channels, 0, stride);
        for (var y = 0; y < height; y++)
        {
            var row = to.Slice(y * stride, stride);
            var above = y - down;
            if ((uint)above >= (uint)height)
            {
                if (Fill == EdgeFill.Zero)
                {
                    row.Fill(gap);
                    continue;
                }
                above = Math.Clamp(above, 0, height - 1);
            }
            var source = from.Slice(above * stride, stride);
            source.Slice(gapRight, copied).CopyTo(row[gapLeft..]);
            FillGap(row[..gapLeft], source[..channels], gap);
            FillGap(row[(stride - gapRight)..], source[(stride - channels)..], gap);
        }
    }

    private void FillGap(Span<byte> row, ReadOnlySpan<byte> edge, byte gap)
    {
        if (Fill == EdgeFill.Zero)
            row.Fill(gap);
        else
            for (var i = 0; i < row.Length; i += edge.Length)
                edge.CopyTo(row[i..]);
    }

    public override string ToString() => $"shift up to {Pixels} px";
}
