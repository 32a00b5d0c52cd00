using System.Buffers;

namespace Fovea.Data;

/// <summary>
/// How an image was laid into a network's input: a part of the source, scaled onto a part of the sample. Boxes and masks go in by
/// it, and predictions come back by it. Source coordinates are pixels of the upright original.
/// </summary>
internal readonly record struct ImagePlacement
{
    private ImagePlacement(int sourceWidth, int sourceHeight, int width, int height) =>
        (SourceWidth, SourceHeight, Width, Height, Right, Bottom, PartWidth, PartHeight) = (sourceWidth, sourceHeight, width, height, sourceWidth, sourceHeight, width, height);

    /// <summary>Columns of the upright image.</summary>
    public int SourceWidth { get; private init; }

    /// <summary>Rows of the upright image.</summary>
    public int SourceHeight { get; private init; }

    /// <summary>W of the sample.</summary>
    public int Width { get; private init; }

    /// <summary>H of the sample.</summary>
    public int Height { get; private init; }

    /// <summary>Where the part of the source that is seen begins; 32 bits, because Pillow's are.</summary>
    public float Left { get; private init; }

    /// <inheritdoc cref="Left"/>
    public float Top { get; private init; }

    /// <summary>Where it ends.</summary>
    public float Right { get; private init; }

    /// <inheritdoc cref="Right"/>
    public float Bottom { get; private init; }

    /// <summary>The first column of the sample that shows the image.</summary>
    public int X { get; private init; }

    /// <summary>The first row of the sample that shows the image.</summary>
    public int Y { get; private init; }

    /// <summary>Columns of the sample that show the image, at least 1.</summary>
    public int PartWidth { get; private init; }

    /// <summary>Rows of the sample that show the image, at least 1.</summary>
    public int PartHeight { get; private init; }

    /// <summary>Pixels of the sample a pixel of the source; a point x of the source lies at x * ScaleX + <see cref="OffsetX"/>.</summary>
    public double ScaleX => PartWidth / ((double)Right - Left);

    /// <inheritdoc cref="ScaleX"/>
    public double ScaleY => PartHeight / ((double)Bottom - Top);

    /// <summary>Where the source's left edge lies in the sample; negative where it was cut off.</summary>
    public double OffsetX => X - Left * ScaleX;

    /// <summary>Where the source's upper edge lies in the sample; negative where it was cut off.</summary>
    public double OffsetY => Y - Top * ScaleY;

    /// <summary>The sample shows whole pixels of the source as they are.</summary>
    public bool IsUnscaled => Right - Left == PartWidth && Bottom - Top == PartHeight && Left == (int)Left && Top == (int)Top;

    /// <summary>The sample has pixels beside the image.</summary>
    public bool HasMargin => PartWidth < Width || PartHeight < Height;

    /// <inheritdoc cref="Of(int, int, int, int, ResizeMode)"/>
    public static ImagePlacement Of(int sourceWidth, int sourceHeight, ImageInput input) => Of(sourceWidth, sourceHeight, input.Width, input.Height, input.Resize);

    /// <param name="sourceWidth">Columns of the upright image.</param>
    /// <param name="sourceHeight">Rows of the upright image.</param>
    /// <param name="width">W of the sample.</param>
    /// <param name="height">H of the sample.</param>
    /// <param name="mode">What becomes of another size.</param>
    public static ImagePlacement Of(int sourceWidth, int sourceHeight, int width, int height, ResizeMode mode)
    {
        var whole = new ImagePlacement(sourceWidth, sourceHeight, width, height);
        switch (mode)
        {
            case ResizeMode.Crop:
            {
                var scale = Math.Max((double)width / sourceWidth, (double)height / sourceHeight);
                var (cutX, cutY) = ((sourceWidth - width / scale) / 2, (sourceHeight - height / scale) / 2);
                return whole with
                {
                    Left = (float)cutX,
                    Right = (float)Math.Min(sourceWidth, cutX + width / scale),
                    Top = (float)cutY,
                    Bottom = (float)Math.Min(sourceHeight, cutY + height / scale),
                };
            }
            case ResizeMode.Letterbox:
            {
                var scale = Math.Min((double)width / sourceWidth, (double)height / sourceHeight);
                var partWidth = Math.Clamp((int)Math.Round(sourceWidth * scale), 1, width);
                var partHeight = Math.Clamp((int)Math.Round(sourceHeight * scale), 1, height);
                return whole with { X = (width - partWidth) / 2, Y = (height - partHeight) / 2, PartWidth = partWidth, PartHeight = partHeight };
            }
            case ResizeMode.None:
            {
                var (partWidth, partHeight) = (Math.Min(sourceWidth, width), Math.Min(sourceHeight, height));
                var (left, top) = ((sourceWidth - partWidth) / 2, (sourceHeight - partHeight) / 2);
                return whole with
                {
                    Left = left,
                    Right = left + partWidth,
                    Top = top,
                    Bottom = top + partHeight,
                    X = (width - partWidth) / 2,
                    Y = (height - partHeight) / 2,
                    PartWidth = partWidth,
                    PartHeight = partHeight,
                };
            }
            default:
                return whole;
        }
    }

    /// <summary>A rectangle of the source, scaled onto the whole sample.</summary>
    public static ImagePlacement OfRegion(int sourceWidth, int sourceHeight, float left, float top, float right, float bottom, int width, int height) =>
        new ImagePlacement(sourceWidth, sourceHeight, width, height) with { Left = left, Top = top, Right = right, Bottom = bottom };

    /// <summary>The same part of the image, decoded at another size.</summary>
    public ImagePlacement DecodedAt(int width, int height)
    {
        if (width == SourceWidth && height == SourceHeight)
            return this;
        var (x, y) = ((double)width / SourceWidth, (double)height / SourceHeight);
        return this with
        {
            SourceWidth = width,
            SourceHeight = height,
            Left = (float)(Left * x),
            Right = (float)Math.Min(width, Right * x),
            Top = (float)(Top * y),
            Bottom = (float)Math.Min(height, Bottom * y),
        };
    }

    /// <summary>A box of the source in pixels of the sample; it may reach over the sample's edges.</summary>
    public SampleBox ToSample(SampleBox box) => box with
    {
        X0 = (float)(box.X0 * ScaleX + OffsetX),
        Y0 = (float)(box.Y0 * ScaleY + OffsetY),
        X1 = (float)(box.X1 * ScaleX + OffsetX),
        Y1 = (float)(box.Y1 * ScaleY + OffsetY),
    };

    /// <summary>A box of the sample in pixels of the source, cut at the source's edges.</summary>
    public SampleBox ToSource(SampleBox box) => box with
    {
        X0 = (float)Math.Clamp((box.X0 - OffsetX) / ScaleX, 0, SourceWidth),
        Y0 = (float)Math.Clamp((box.Y0 - OffsetY) / ScaleY, 0, SourceHeight),
        X1 = (float)Math.Clamp((box.X1 - OffsetX) / ScaleX, 0, SourceWidth),
        Y1 = (float)Math.Clamp((box.Y1 - OffsetY) / ScaleY, 0, SourceHeight),
    };

    /// <summary>Lays a mask of the source into the sample: the nearest pixel, no mixture; <see cref="Sample.Ignored"/> beside the image.</summary>
    /// <param name="source">(h, w) of the source, uint8.</param>
    /// <param name="sample">(H, W), uint8.</param>
    public void LayMask(ReadOnlySpan<byte> source, Span<byte> sample)
    {
        if (HasMargin)
            sample.Fill(Sample.Ignored);
        var columns = ArrayPool<int>.Shared.Rent(PartWidth);
        try
        {
            Nearest(columns.AsSpan(0, PartWidth), Left, Right, PartWidth, SourceWidth);
            for (var y = 0; y < PartHeight; y++)
            {
                var from = source.Slice(Nearest(y, Top, Bottom, PartHeight, SourceHeight) * SourceWidth, SourceWidth);
                var to = sample.Slice((Y + y) * Width + X, PartWidth);
                for (var x = 0; x < to.Length; x++)
                    to[x] = from[columns[x]];
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(columns);
        }
    }

    /// <summary>Brings a predicted mask back to the source: the nearest pixel; <see cref="Sample.Ignored"/> where the sample did not show the source.</summary>
    /// <param name="sample">(H, W), uint8.</param>
    /// <param name="source">(h, w) of the source, uint8.</param>
    public void RestoreMask(ReadOnlySpan<byte> sample, Span<byte> source)
    {
        for (var y = 0; y < SourceHeight; y++)
        {
            var to = source.Slice(y * SourceWidth, SourceWidth);
            if (y + 0.5f < Top || y + 0.5f >= Bottom)
            {
                to.Fill(Sample.Ignored);
                continue;
            }
            var from = sample.Slice((Y + Math.Min(PartHeight - 1, (int)((y + 0.5 - Top) * ScaleY))) * Width + X, PartWidth);
            for (var x = 0; x < to.Length; x++)
                to[x] = x + 0.5f < Left || x + 0.5f >= Right ? Sample.Ignored : from[Math.Min(PartWidth - 1, (int)((x + 0.5 - Left) * ScaleX))];
        }
    }

    private static void Nearest(Span<int> places, float from, float to, int count, int size)
    {
        for (var i = 0; i < count; i++)
            places[i] = Nearest(i, from, to, count, size);
    }

    /// <summary>The source pixel under the center of pixel <paramref name="i"/>.</summary>
    private static int Nearest(int i, float from, float to, int count, int size) =>
        Math.Clamp((int)(from + (i + 0.5) * ((double)to - from) / count), 0, size - 1);
}
