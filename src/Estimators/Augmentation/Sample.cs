using System.Runtime.InteropServices;
using Fovea.Data;

namespace Fovea;

/// <summary>
/// One image of a batch while it is augmented, with the mask and the boxes that move with it. A loader thread has one and uses
/// its memory for row after row.
/// </summary>
internal sealed class Sample(int channels)
{
    private byte[] _pixels = [];
    private byte[] _mask = [];
    private byte[] _sparePixels = [];
    private byte[] _spareMask = [];

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public int Channels => channels;

    /// <summary>H, in pixels. A step may change it.</summary>
    public int Height { get; private set; }

    /// <summary>W, in pixels. A step may change it.</summary>
    public int Width { get; private set; }

    /// <summary>Whether the row has a mask.</summary>
    public bool HasMask { get; private set; }

    /// <summary>(H, W, C), uint8.</summary>
    public Span<byte> Pixels => _pixels.AsSpan(0, Height * Width * Channels);

    /// <summary><see cref="Pixels"/> with the bytes behind them that readers of whole vectors may look at.</summary>
    public ReadOnlySpan<byte> PaddedPixels => _pixels.AsSpan(0, Height * Width * Channels + AntialiasResize.Padding);

    /// <summary>(H, W), uint8, class index; <see cref="Ignored"/> where no class counts. Empty without a mask.</summary>
    public Span<byte> Mask => _mask.AsSpan(0, HasMask ? Height * Width : 0);

    /// <summary>The objects, in pixels of this sample. Empty where the row has none.</summary>
    public List<SampleBox> Boxes { get; } = [];

    /// <summary>The share of an object, above 0 to 1, that must be inside the sample for it to be taught.</summary>
    public float LeastVisible { get; set; } = DefaultLeastVisible;

    /// <summary>A mask's value of pixels that belong to no class: beyond the image's edge, or unlabelled.</summary>
    public const byte Ignored = 255;

    /// <summary>Makes room for the next row. Pixels and mask hold anything; boxes are none.</summary>
    public void Begin(int height, int width, bool hasMask)
    {
        (Height, Width, HasMask) = (height, width, hasMask);
        LeastVisible = DefaultLeastVisible;
        Boxes.Clear();
        Room(ref _pixels, height * width * Channels);
        if (hasMask)
            Room(ref _mask, height * width);
    }

    /// <summary>
    /// A second image, (height, width, C), for a step that cannot work in place. Holds anything. As many bytes lie behind it as
    /// behind the first.
    /// </summary>
    public Span<byte> SparePixels(int height, int width) => Room(ref _sparePixels, checked(height * width * Channels));

    /// <summary>A second mask, (height, width). Holds anything.</summary>
    public Span<byte> SpareMask(int height, int width) => Room(ref _spareMask, checked(height * width));

    /// <summary>Memory that a step needs beside images; holds what the last step left.</summary>
    public SampleScratch Scratch => field ??= new(Channels);

    /// <summary>What a step wrote into the spare image becomes the sample's, and the spare mask where there is a mask; what was the sample's becomes the spare.</summary>
    public void TakeSpare(int height, int width)
    {
        (Height, Width) = (height, width);
        (_pixels, _sparePixels) = (_sparePixels, _pixels);
        if (HasMask)
            (_mask, _spareMask) = (_spareMask, _mask);
    }

    /// <summary>Shows a part of the sample in another size: the image through Pillow's filter, of the mask the nearest pixels.</summary>
    /// <param name="part">Its source is the sample.</param>
    public void TakeRegion(ImagePlacement part)
    {
        Scratch.Resize.Run(_pixels, Channels, SparePixels(part.Height, part.Width), part);
        if (HasMask)
            part.LayMask(Mask, SpareMask(part.Height, part.Width));
        TakeSpare(part.Height, part.Width);
        foreach (ref var box in CollectionsMarshal.AsSpan(Boxes))
            box = part.ToSample(box);
        ClipBoxes();
    }

    /// <summary>Cuts the boxes at the sample's edges and drops those of which less than <see cref="LeastVisible"/> is left.</summary>
    public void ClipBoxes()
    {
        var kept = 0;
        for (var i = 0; i < Boxes.Count; i++)
        {
            var box = Boxes[i];
            var clipped = box with { X0 = Math.Clamp(box.X0, 0, Width), Y0 = Math.Clamp(box.Y0, 0, Height), X1 = Math.Clamp(box.X1, 0, Width), Y1 = Math.Clamp(box.Y1, 0, Height) };
            // A box that no edge cuts loses nothing to rounding.
            var visible = clipped == box ? box.Visible : box.Visible * clipped.Area / box.Area;
            if (clipped.Width > 0 && clipped.Height > 0 && visible >= LeastVisible)
                Boxes[kept++] = clipped with { Visible = visible };
        }
        Boxes.RemoveRange(kept, Boxes.Count - kept);
    }

    /// <summary><see cref="LeastVisible"/> where nothing is said.</summary>
    public const float DefaultLeastVisible = 0.25f;

    private static Span<byte> Room(ref byte[] buffer, int length)
    {
        // Readers of whole vectors may look a little past the last pixel.
        if (buffer.Length < length + AntialiasResize.Padding)
            buffer = GC.AllocateUninitializedArray<byte>(length + AntialiasResize.Padding);
        return buffer.AsSpan(0, length);
    }
}
