using System.Runtime.InteropServices;
using Fovea.Data;
using Microsoft.ML.Data;

namespace Fovea.Reporting;

/// <summary>A picture to draw on. What lies outside it is cut off.</summary>
internal sealed class Canvas : IPaper
{
    /// <summary>Pixels beyond which a picture is refused: 512 MiB.</summary>
    private const long MostPixels = 178_956_970;

    private readonly byte[] _pixels;

    /// <summary>A white picture.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the picture would be too large.</exception>
    public Canvas(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if ((long)width * height > MostPixels)
            throw new ArgumentOutOfRangeException(nameof(height), $"A picture of {width} x {height} pixels is too large; at most {MostPixels} pixels are possible. Draw fewer or smaller tiles.");
        (Width, Height) = (width, height);
        _pixels = new byte[width * height * 3 + AntialiasResize.Padding];
        Pixels.Fill(255);
    }

    /// <summary>A picture of existing pixels, copied.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">1 (grey) or 3 (RGB).</param>
    /// <param name="pixels">(H, W, C).</param>
    public Canvas(int width, int height, int channels, ReadOnlySpan<byte> pixels) : this(width, height)
    {
        if (pixels.Length != width * height * channels || channels is not (1 or 3))
            throw new ArgumentException($"{width} x {height} pixels of {channels} channels are {width * height * channels} bytes of 1 or 3 channels; {pixels.Length} bytes were given.", nameof(pixels));
        if (channels == 3)
            pixels.CopyTo(Pixels);
        else
            for (var i = 0; i < pixels.Length; i++)
                Pixels.Slice(i * 3, 3).Fill(pixels[i]);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>(H, W, 3), RGB.</summary>
    public Span<byte> Pixels => _pixels.AsSpan(0, Width * Height * 3);

    public Color this[int x, int y] => MemoryMarshal.Cast<byte, Color>(Pixels)[y * Width + x];

    /// <summary>Fills a rectangle, half-open.</summary>
    public void Fill(int x0, int y0, int x1, int y1, Color color)
    {
        (x0, y0, x1, y1) = (Math.Max(x0, 0), Math.Max(y0, 0), Math.Min(x1, Width), Math.Min(y1, Height));
        var pixels = MemoryMarshal.Cast<byte, Color>(Pixels);
        for (var y = y0; y < y1 && x0 < x1; y++)
            pixels.Slice(y * Width + x0, x1 - x0).Fill(color);
    }

    /// <summary>The edge of a rectangle, half-open: the pixels within <paramref name="thickness"/> of its sides, inside it.</summary>
    public void Outline(int x0, int y0, int x1, int y1, int thickness, Color color)
    {
        // A rectangle thinner than its two edges is filled by them, not exceeded.
        var (across, down) = (Math.Min(thickness, x1 - x0), Math.Min(thickness, y1 - y0));
        Fill(x0, y0, x1, y0 + down, color);
        Fill(x0, y1 - down, x1, y1, color);
        Fill(x0, y0, x0 + across, y1, color);
        Fill(x1 - across, y0, x1, y1, color);
    }

    void IPaper.Outline(int x0, int y0, int x1, int y1, int thickness, Color color, string? words) => Outline(x0, y0, x1, y1, thickness, color);

    void IPaper.Write(Lettering lettering, int x, int y, string text, Color color) => lettering.Draw(this, x, y, text, color);

    void IPaper.Part(int x, int y, int width, int height, string words, Action<IPaper> draw)
    {
        var part = new Canvas(width, height);
        draw(part);
        Draw(part, x, y, width, height);
    }

    /// <summary>Mixes a color into one pixel.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="color">What is mixed in.</param>
    /// <param name="coverage">0 (nothing) to 255 (all of it).</param>
    public void Blend(int x, int y, Color color, int coverage)
    {
        if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
            return;
        ref var pixel = ref MemoryMarshal.Cast<byte, Color>(Pixels)[y * Width + x];
        pixel = new Color(Mix(pixel.R, color.R, coverage), Mix(pixel.G, color.G, coverage), Mix(pixel.B, color.B, coverage));
    }

    /// <summary>Puts a picture into a rectangle of this one, scaled: smaller by an antialiased filter, larger by repeating its pixels.</summary>
    public void Draw(Canvas picture, int x, int y, int width, int height)
    {
        var scaled = picture.Scaled(width, height);
        var (left, right) = (Math.Max(x, 0), Math.Min(x + width, Width));
        for (var row = Math.Max(y, 0); row < Math.Min(y + height, Height) && left < right; row++)
            scaled.Pixels.Slice(((row - y) * width + left - x) * 3, (right - left) * 3).CopyTo(Pixels[((row * Width + left) * 3)..]);
    }

    /// <summary>
    /// Mixes the colors of a mask's classes into a rectangle; the mask is scaled to it by the nearest pixel.
    /// </summary>
    /// <param name="mask">The class of each pixel, (maskHeight, maskWidth).</param>
    /// <param name="maskWidth">Its columns.</param>
    /// <param name="maskHeight">Its rows.</param>
    /// <param name="x">Left side of the rectangle.</param>
    /// <param name="y">Its top.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="colors">The color of each class; a class without one leaves the pixel as it is.</param>
    /// <param name="opacity">0 to 1.</param>
    public void DrawMask(ReadOnlySpan<byte> mask, int maskWidth, int maskHeight, int x, int y, int width, int height, IReadOnlyList<Color?> colors, double opacity)
    {
        var coverage = (int)Math.Round(opacity * 255);
        for (var row = 0; row < height; row++)
        {
            var from = mask.Slice((int)((row + 0.5) * maskHeight / height) * maskWidth, maskWidth);
            for (var column = 0; column < width; column++)
            {
                var index = from[(int)((column + 0.5) * maskWidth / width)];
                if (index < colors.Count && colors[index] is { } color)
                    Blend(x + column, y + row, color, coverage);
            }
        }
    }

    /// <summary>Draws a thin light line where two classes of a mask of this canvas's size meet, so that classes of similar colors part.</summary>
    /// <param name="mask">The class of each pixel, (H, W).</param>
    /// <param name="coverage">0 to 255.</param>
    public void DrawMaskEdges(ReadOnlySpan<byte> mask, int coverage)
    {
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var at = y * Width + x;
                if (x + 1 < Width && mask[at] != mask[at + 1] || y + 1 < Height && mask[at] != mask[at + Width])
                    Blend(x, y, Color.White, coverage);
            }
    }

    /// <summary>As columns hold images; the caller's.</summary>
    public MLImage ToImage()
    {
        var rgba = new byte[Width * Height * 4];
        for (int from = 0, to = 0; to < rgba.Length; from += 3, to += 4)
        {
            Pixels.Slice(from, 3).CopyTo(rgba.AsSpan(to));
            rgba[to + 3] = 255;
        }
        return MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, rgba);
    }

    /// <summary>The picture itself, or a smaller one whose longer side is as given.</summary>
    public Canvas Shrunk(int side)
    {
        if (Math.Max(Width, Height) <= side)
            return this;
        var (width, height) = TilePainter.Size(this, side);
        return Scaled(width, height);
    }

    /// <summary>The picture itself where it has this size, or a scaled copy: smaller by an antialiased filter, larger by repeating its pixels.</summary>
    public Canvas Scaled(int width, int height)
    {
        if (width == Width && height == Height)
            return this;
        var scaled = new Canvas(width, height);
        if (width < Width || height < Height)
        {
            new AntialiasResize().Run(_pixels, 3, scaled.Pixels, ImagePlacement.Of(Width, Height, width, height, ResizeMode.Stretch));
            return scaled;
        }
        // Enlarged pixels stay pixels: a filter would blur what one wants to see of a small image.
        var from = MemoryMarshal.Cast<byte, Color>(Pixels);
        var to = MemoryMarshal.Cast<byte, Color>(scaled.Pixels);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                to[y * width + x] = from[(int)((y + 0.5) * Height / height) * Width + (int)((x + 0.5) * Width / width)];
        return scaled;
    }

    private static byte Mix(byte below, byte above, int coverage) => (byte)((below * (255 - coverage) + above * coverage + 127) / 255);
}
