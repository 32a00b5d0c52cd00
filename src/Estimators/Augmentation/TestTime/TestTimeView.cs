using TorchSharp;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>
/// One view of a batch of images, and the way back: the frame is transposed and mirrored, a part of it cut out, that part moved. What a
/// network says of the view's pixels or boxes is brought back to where they are in the frame.
/// </summary>
/// <param name="FrameHeight">H' of the images, pixels; of the transposed ones where the view transposes.</param>
/// <param name="FrameWidth">W' of the images, as <paramref name="FrameHeight"/>.</param>
/// <param name="Height">H of the view, at most H'.</param>
/// <param name="Width">W of the view, at most W'.</param>
internal sealed record TestTimeView(int FrameHeight, int FrameWidth, int Height, int Width)
{
    /// <summary>Where the view begins in the mirrored frame.</summary>
    public int Top { get; init; }

    public int Left { get; init; }

    /// <summary>Rows and columns are exchanged, before anything else is done.</summary>
    public bool Transpose { get; init; }

    /// <summary>Left and right are exchanged.</summary>
    public bool FlipX { get; init; }

    /// <summary>Top and bottom are exchanged.</summary>
    public bool FlipY { get; init; }

    /// <summary>How far what is cut out moves, in pixels, less than its size; what leaves it is lost.</summary>
    public int Down { get; init; }

    public int Right { get; init; }

    public EdgeFill Fill { get; init; }

    /// <summary>Top left, top right, bottom left, bottom right and the center: the order, and the center, of torchvision's five_crop.</summary>
    public TestTimeView[] FiveCrops()
    {
        var (bottom, right) = (FrameHeight - Height, FrameWidth - Width);
        return [this, this with { Left = right }, this with { Top = bottom }, this with { Top = bottom, Left = right },
            this with { Top = (int)Math.Round(bottom / 2.0), Left = (int)Math.Round(right / 2.0) }];
    }

    /// <param name="images">(N, C, H', W'), any type.</param>
    /// <returns>(N, C, H, W); may share the memory of <paramref name="images"/>.</returns>
    public Tensor Apply(Tensor images)
    {
        var x = Flip(Transpose ? images.transpose(2, 3) : images);
        if (Height != FrameHeight || Width != FrameWidth)
            x = x.narrow(2, Top, Height).narrow(3, Left, Width);                           // (N, C, H, W)
        if (Down == 0 && Right == 0)
            return x;
        x = x.index_select(2, Sources(Height, Down, x.device)).index_select(3, Sources(Width, Right, x.device));
        if (Fill.IsColor)
        {
            if (Down != 0)
                Paint(x.narrow(2, Down > 0 ? 0 : Height + Down, Math.Abs(Down)));
            if (Right != 0)
                Paint(x.narrow(3, Right > 0 ? 0 : Width + Right, Math.Abs(Right)));
        }
        return x;
    }

    /// <summary>Brings what is said of the view's pixels back to the frame; what is said of a shift's gap is dropped.</summary>
    /// <param name="map">(N, K, H, W).</param>
    /// <returns>What the view shows of the frame, (N, K, h, w) with h ≤ H and w ≤ W, and where in the frame that begins; may share the memory of <paramref name="map"/>.</returns>
    public (Tensor Map, int Top, int Left) Undo(Tensor map)
    {
        var (h, w) = (Height - Math.Abs(Down), Width - Math.Abs(Right));
        var part = Flip(map.narrow(2, Math.Max(0, Down), h).narrow(3, Math.Max(0, Right), w)); // (N, K, h, w)
        var (top, left) = (Top + Math.Max(0, -Down), Left + Math.Max(0, -Right));
        (top, left) = (FlipY ? FrameHeight - top - h : top, FlipX ? FrameWidth - left - w : left);
        return Transpose ? (part.transpose(2, 3), left, top) : (part, top, left);
    }

    /// <summary>Brings boxes back to the frame; they may reach beyond it.</summary>
    /// <param name="boxes">(..., 4), x0 y0 x1 y1 in pixels of the view, half-open, floating point.</param>
    /// <returns>(..., 4), x0 y0 x1 y1 in pixels of the frame.</returns>
    public Tensor UndoBoxes(Tensor boxes)
    {
        var (x0, x1) = Back(boxes.select(-1, 0), boxes.select(-1, 2), Left - Right, FlipX ? FrameWidth : null);
        var (y0, y1) = Back(boxes.select(-1, 1), boxes.select(-1, 3), Top - Down, FlipY ? FrameHeight : null);
        return stack(Transpose ? [y0, x0, y1, x1] : [x0, y0, x1, y1], -1);

        static (Tensor, Tensor) Back(Tensor low, Tensor high, int offset, int? mirror) => mirror is { } size
            ? ((size - offset) - high, (size - offset) - low)
            : (low + offset, high + offset);
    }

    private Tensor Flip(Tensor x) => (FlipX, FlipY) switch
    {
        (true, true) => x.flip(2, 3),
        (true, false) => x.flip(3),
        (false, true) => x.flip(2),
        _ => x,
    };

    /// <param name="gap">(N, C, h, w) of grey or RGB images.</param>
    private void Paint(Tensor gap)
    {
        byte[] color = gap.size(1) == 1 ? [Fill.Luminance] : [Fill.Red, Fill.Green, Fill.Blue];
        for (var c = 0; c < color.Length; c++)
            gap.narrow(1, c, 1).fill_(color[c]);
    }

    /// <summary>For each place the place that moves there; where none does, the nearest or that of the mirror image.</summary>
    private Tensor Sources(int size, int moved, Device device)
    {
        var from = arange(size, ScalarType.Int64, device).sub_(moved);
        var last = size - 1;
        return Fill.IsReflect ? last - (last - from.abs()).abs() : from.clamp_(0, last);
    }
}
