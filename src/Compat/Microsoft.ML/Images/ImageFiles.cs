using Fovea.Native;

namespace Microsoft.ML.Data;

/// <summary>What the extension of an image file says about its format.</summary>
internal static class ImageFiles
{
    // Extensions of images that the codec here does not write.
    private const ImageFileFormat Other = 0;

    private static readonly HashSet<string> s_others = new(StringComparer.OrdinalIgnoreCase)
    {
        ".bmp", ".gif", ".ico", ".astc", ".avif", ".dng", ".heif", ".ktx", ".pkm", ".wbmp", ".webp",
    };

    /// <summary>The format of an extension, 0 for one that cannot be written, null for one that is no image's.</summary>
    public static ImageFileFormat? Known(string extension) => extension.ToLowerInvariant() switch
    {
        ".png" => ImageFileFormat.Png,
        ".jpg" or ".jpeg" => ImageFileFormat.Jpeg,
        var other when s_others.Contains(other) => Other,
        _ => null,
    };
}
