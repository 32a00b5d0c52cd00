using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Fovea.Native;

namespace Fovea.Data;

/// <summary>Looks at rows: decodes image and mask once, whole. One for each thread, with buffers and counts of its own.</summary>
internal sealed class RowExaminer(ScanReader reader, InspectionOptions options)
{
    private readonly WholeImage _images = new();
    private readonly PerceptualHasher _hasher = new();
    private readonly MaskChecks? _masks = reader.Columns.Mask is null ? null : new MaskChecks(reader.Columns.MaskClasses);

    /// <summary>Images by their size.</summary>
    public Dictionary<(int Width, int Height), long> Sizes { get; } = [];

    /// <summary>Images by their mode.</summary>
    public Dictionary<ImageMode, long> Modes { get; } = [];

    /// <summary>Pixels of the masks by class.</summary>
    public ClassTally MaskPixels => _masks?.Pixels ?? new ClassTally();

    /// <summary>Completes the row's facts and findings.</summary>
    public void Run(ScanRow row)
    {
        var (width, height) = (0, 0);
        if (row.ImageError is null)
            try
            {
                (width, height) = ReadImage(row);
            }
            catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
            {
                row.ImageError = e.Message;
            }
        if (row.ImageError is not null)
            row.Findings.Add(new(FindingKind.UnreadableImage, FindingSeverity.Error, row.ImageError));
        else
            CheckStatedSize(row, width, height);

        ulong? annotation = null;
        if (reader.Columns.Boxes is not null)
        {
            // Where the image cannot be read, the annotation may still know how large it was.
            var (boxWidth, boxHeight) = width > 0 ? (width, height) : row.StatedSize;
            row.Findings.AddRange(BoxChecks.Run(row.Objects, reader.ObjectClasses, boxWidth, boxHeight, options.SmallBoxSide));
            annotation = BoxChecks.Fingerprint(row.Objects, reader.ObjectClasses);
        }
        if (row.MaskError is not null)
            row.Findings.Add(new(FindingKind.UnreadableMask, FindingSeverity.Error, row.MaskError) { File = row.Mask.Path });
        else if (_masks?.Run(row.Mask, row.Facts.Row, width, height, row.Findings) is { } mask)
            annotation = mask + 31 * (annotation ?? 0);
        row.Facts.Annotation = annotation;
    }

    private (int Width, int Height) ReadImage(ScanRow row)
    {
        var pixels = _images.Read(row.Image);
        var raw = _images.Source;
        var (width, height) = (_images.Width, _images.Height);
        var probe = raw.Kind == RawImageKind.Encoded ? ImageProbe.Of(raw.Content) : new ImageProbe(ImageProbe.OfPixels(raw.Content, 4), 1);
        var mode = probe.Mode ?? ImageProbe.OfPixels(pixels, 3);
        CollectionsMarshal.GetValueRefOrAddDefault(Sizes, (width, height), out _)++;
        CollectionsMarshal.GetValueRefOrAddDefault(Modes, mode, out _)++;
        if (probe.Orientation != 1)
        {
            var isAnnotated = row.Objects.Count > 0 || _masks is not null;
            row.Findings.Add(new(FindingKind.RotatedImage, isAnnotated ? FindingSeverity.Warning : FindingSeverity.Note,
                $"The image is stored turned (EXIF orientation {probe.Orientation}) and turned upright when it is read, to {width} x {height} pixels."
                + (isAnnotated ? " Make sure that its boxes or mask are of the upright image." : "")));
        }
        var hash = SHA256.HashData(pixels);
        row.Facts.Pixels = BinaryPrimitives.ReadUInt128LittleEndian(hash) ^ ((UInt128)(uint)width << 32 | (uint)height);
        if (options.NearDistance is not null)
            row.Facts.Look = _hasher.Hash(pixels, width, height);
        return (width, height);
    }

    private static void CheckStatedSize(ScanRow row, int width, int height)
    {
        var (statedWidth, statedHeight) = row.StatedSize;
        if (statedWidth <= 0 || statedHeight <= 0 || (statedWidth, statedHeight) == (width, height))
            return;
        row.Findings.Add(new(FindingKind.ImageSizeMismatch, FindingSeverity.Error,
            $"The annotation states an image of {statedWidth} x {statedHeight} pixels, but the image has {width} x {height}"
            + ((statedHeight, statedWidth) == (width, height) ? ": width and height are exchanged, so the boxes may be of the image before it was turned upright." : ": its boxes are of another version of the image.")));
    }
}
