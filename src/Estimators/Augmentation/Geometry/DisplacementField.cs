namespace Fovea;

/// <summary>How far from each pixel of a warped image the place lies that it shows.</summary>
/// <param name="Right">Columns, (H, <paramref name="Stride"/>) or more.</param>
/// <param name="Down">Rows, (H, <paramref name="Stride"/>) or more.</param>
/// <param name="Height">H.</param>
/// <param name="Width">W.</param>
/// <param name="Stride">Numbers a row, a multiple of 8; those beyond <paramref name="Width"/> hold anything.</param>
internal readonly record struct DisplacementField(float[] Right, float[] Down, int Height, int Width, int Stride)
{
    /// <summary>A field in a sample's scratch memory. Holds anything.</summary>
    public static DisplacementField Of(Sample sample)
    {
        var stride = (sample.Width + 7) & ~7;
        var length = checked(sample.Height * stride);
        return new(sample.Scratch.Field(0, length), sample.Scratch.Field(1, length), sample.Height, sample.Width, stride);
    }

    /// <summary>Where a box of the source is seen: the pixels whose places lie in it. Without width where none does.</summary>
    /// <param name="box">In pixels of the source.</param>
    /// <param name="reach">No displacement is larger, in columns and in rows.</param>
    public SampleBox Seen(SampleBox box, (float Right, float Down) reach)
    {
        var (firstX, lastX) = ((int)Math.Max(0, box.X0 - reach.Right - 1), (int)Math.Min(Width - 1, box.X1 + reach.Right + 1));
        var (firstY, lastY) = ((int)Math.Max(0, box.Y0 - reach.Down - 1), (int)Math.Min(Height - 1, box.Y1 + reach.Down + 1));
        var (left, top, right, bottom, count) = (int.MaxValue, int.MaxValue, -1, -1, 0);
        for (var y = firstY; y <= lastY; y++)
            for (var x = firstX; x <= lastX; x++)
            {
                var (fromX, fromY) = (x + 0.5f + Right[y * Stride + x], y + 0.5f + Down[y * Stride + x]);
                if (!(fromX >= box.X0 && fromX < box.X1 && fromY >= box.Y0 && fromY < box.Y1))
                    continue;
                count++;
                (left, top) = (Math.Min(left, x), Math.Min(top, y));
                (right, bottom) = (Math.Max(right, x), Math.Max(bottom, y));
            }
        if (count == 0)
            return box with { X0 = 0, Y0 = 0, X1 = 0, Y1 = 0, Visible = 0 };
        // What is squeezed is still seen; only what lies at the frame's edge may go on beyond it.
        var isCut = left == 0 || top == 0 || right == Width - 1 || bottom == Height - 1;
        var share = isCut ? Math.Min(1, count / box.Area) : 1;
        return box with { X0 = left, Y0 = top, X1 = right + 1, Y1 = bottom + 1, Visible = box.Visible * share };
    }
}
