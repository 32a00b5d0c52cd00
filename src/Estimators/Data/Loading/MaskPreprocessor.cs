namespace Fovea.Data;

/// <summary>Makes of an index mask what the network is taught: class indices, laid as its image is. Holds buffers: one for each thread.</summary>
internal sealed class MaskPreprocessor(MaskTable classes)
{
    private readonly IndexMaskReader _reader = new();
    private readonly IndexMask _mask = new();

    /// <summary>Decodes a mask; <see cref="Lay"/> takes it from there.</summary>
    /// <exception cref="InvalidDataException">It is no index mask or a damaged one; the message names it.</exception>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public void Decode(RawImage mask) => _reader.Read(mask, _mask);

    /// <param name="mask">What was decoded.</param>
    /// <param name="image">Its image, for messages.</param>
    /// <param name="placement">How the image was laid.</param>
    /// <param name="destination">(H, W), uint8: class index in [0, K), <see cref="Sample.Ignored"/> where none counts.</param>
    /// <exception cref="InvalidDataException">The mask is not as large as its image, or has a value that is no class.</exception>
    public void Lay(RawImage mask, RawImage image, ImagePlacement placement, Span<byte> destination)
    {
        if ((_mask.Width, _mask.Height) != (placement.SourceWidth, placement.SourceHeight))
            throw new InvalidDataException($"{mask.Name} is a mask of {_mask.Width} x {_mask.Height} pixels, but its image, {image.Name}, has {placement.SourceWidth} x {placement.SourceHeight}. Each pixel of the image needs its class: make a mask of the image's size.");
        classes.ToClasses(_mask, mask.Name);
        placement.LayMask(_mask.Values, destination);
    }
}
