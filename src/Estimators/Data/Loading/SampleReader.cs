namespace Fovea.Data;

/// <summary>Decodes rows of a store: the image, and the mask with it. Holds buffers: one for each thread.</summary>
internal sealed class SampleReader(ImageStore store)
{
    private readonly ImagePreprocessor _image = new(store.Input);
    private readonly MaskPreprocessor? _mask = store.Rows.MaskClasses is { } classes ? new MaskPreprocessor(classes) : null;
    private readonly StreamedRow _file = new();
    private byte[]? _record;

    /// <summary>Room for a sample as the caches keep it.</summary>
    public Span<byte> Record => _record ??= new byte[store.RecordBytes];

    /// <summary>The row as its files hold it, for a set of files.</summary>
    public StreamedRow FileOf(int row)
    {
        Point(_file.Image, store.Rows.Paths![row], row);
        if (store.Rows.MaskPaths is { } masks)
            Point(_file.Mask, masks[row], row);
        return _file;
    }

    /// <param name="number">The row.</param>
    /// <param name="row">What it holds.</param>
    /// <param name="pixels">(H, W, C), uint8.</param>
    /// <param name="mask">(H, W), uint8; empty without masks.</param>
    /// <param name="choose">See <see cref="ImagePreprocessor.Process"/>.</param>
    /// <returns>How the image was laid; null where it cannot be read and is left out.</returns>
    /// <exception cref="InvalidDataException">It cannot be read and must not be left out, or image and mask do not fit.</exception>
    public ImagePlacement? Read(int number, StreamedRow row, Span<byte> pixels, Span<byte> mask, Func<int, int, ImagePlacement>? choose = null)
    {
        ImagePlacement placement;
        try
        {
            placement = _image.Process(row.Image, pixels, choose);
            _mask?.Decode(row.Mask);
        }
        catch (Exception e) when (store.Options.OnCorrupt == OnCorrupt.Skip && e is InvalidDataException or IOException)
        {
            store.Skipped.Add(number, e.Message);
            return null;
        }
        _mask?.Lay(row.Mask, row.Image, placement, mask);
        return placement;
    }

    private static void Point(RawImage raw, string path, int row)
    {
        raw.Kind = RawImageKind.File;
        raw.Path = path;
        raw.Row = row;
    }
}
