using Fovea.Native;
using Fovea.Storage;

namespace Fovea.Reporting;

/// <summary>Pictures as PNG.</summary>
internal static class PngFile
{
    /// <summary>The bytes of the file: by the native codec, or by ML.NET where there is none.</summary>
    public static byte[] Encode(Canvas canvas)
    {
        if (ImageCodec.IsAvailable)
            return ImageCodec.Encode(ImageFileFormat.Png, canvas.Pixels, canvas.Width, canvas.Height, PixelChannels.Rgb);
        using var image = canvas.ToImage();
        // MLImage writes to a path only.
        var folder = Directory.CreateTempSubdirectory("fovea-");
        try
        {
            var path = Path.Combine(folder.FullName, "picture.png");
            image.Save(path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Writes the file at once or not at all.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(Canvas canvas, string path)
    {
        var file = Encode(canvas);
        AtomicFile.Write(path, stream => stream.Write(file));
    }
}
