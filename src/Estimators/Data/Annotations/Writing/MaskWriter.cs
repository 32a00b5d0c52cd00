using System.Text.Json;

namespace Fovea.Data;

/// <summary>Paints the objects of a set into index masks.</summary>
internal static class MaskWriter
{
    /// <summary>VOC's value for pixels that count nowhere.</summary>
    public const byte Ignored = 255;

    public const string Background = "background";

    public static MaskClasses Write(AnnotatedSet set, string folder, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (set.ClassNames.Count >= MaskClasses.Most)
            throw new InvalidDataException($"The view has {set.ClassNames.Count} classes; a mask of 8 bits holds {MaskClasses.Most - 1} beside the background.");
        if (set.ClassNames.Contains(Background))
            throw new InvalidDataException($"The view has a class '{Background}', which is what pixels without an object are called. Rename the class.");
        var files = new FileBatch();
        var palette = ColorMap.Voc.ToPalette();
        foreach (var image in set.Images)
            files.Add(Path.Combine(folder, Path.GetFileNameWithoutExtension(image.Path) + ".png"), stream =>
                IndexPngWriter.Write(stream, Paint(image), image.Width, image.Height, palette));
        string[] names = [Background, .. set.ClassNames];
        files.AddLines(Path.Combine(folder, "classes.txt"), names);
        files.Commit(overwrite);
        return new MaskClasses(names) { IgnoreIndex = Ignored };
    }

    /// <summary>(H, W): 0 for background, class k as k + 1, crowds ignored; later objects over earlier ones.</summary>
    internal static byte[] Paint(AnnotatedImage image)
    {
        var mask = new byte[image.Height * image.Width];
        for (var i = 0; i < image.Objects.Count; i++)
        {
            var entry = image.Objects[i];
            var value = entry.Box.IsCrowd ? Ignored : (byte)(entry.Box.Label + 1);
            if (entry.Segmentation.IsEmpty)
            {
                Fill(mask, image, entry.Box, value);
                continue;
            }
            try
            {
                if (Outline.Parse(entry.Segmentation.Span) is { } outline)
                    outline.ToRuns(image.Height, image.Width).Paint(mask, value);
                else
                    Fill(mask, image, entry.Box, value);
            }
            catch (Exception e) when (e is InvalidDataException or JsonException)
            {
                throw new InvalidDataException($"The segmentation of object {i} of '{image.Path}' {(e is JsonException ? $"is no JSON: {e.Message}" : e.Message)}.", e);
            }
        }
        return mask;
    }

    /// <summary>The pixels whose middles are in the box.</summary>
    private static void Fill(byte[] mask, AnnotatedImage image, SampleBox box, byte value)
    {
        var (left, right) = (Edge(box.X0, image.Width), Edge(box.X1, image.Width));
        for (var y = Edge(box.Y0, image.Height); y < Edge(box.Y1, image.Height) && left < right; y++)
            mask.AsSpan(y * image.Width + left, right - left).Fill(value);

        static int Edge(float value, int side) => (int)Math.Clamp(MathF.Ceiling(value - 0.5f), 0, side);
    }
}
