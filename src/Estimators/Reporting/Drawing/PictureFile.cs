using System.Xml.Linq;
using Fovea.Storage;

namespace Fovea.Reporting;

/// <summary>Figures and sheets as files: SVG or PNG, as the path ends.</summary>
internal static class PictureFile
{
    /// <summary>Writes it at once or not at all.</summary>
    /// <param name="path">Ends in .svg or .png.</param>
    /// <param name="pixels">The picture for a PNG.</param>
    /// <param name="svg">The same for an SVG.</param>
    /// <exception cref="ArgumentException">The path's extension is neither .svg nor .png.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(string path, Func<Canvas> pixels, Func<XElement> svg)
    {
        Require(path);
        if (IsPng(path))
            PngFile.Save(pixels(), path);
        else
        {
            var content = svg();
            AtomicFile.Write(path, stream => content.Save(stream, SaveOptions.DisableFormatting));
        }
    }

    /// <summary>For what takes a path long before it writes.</summary>
    /// <exception cref="ArgumentException">The path's extension is neither .svg nor .png.</exception>
    public static void Require(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!IsPng(path) && !Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"The picture is an SVG or a PNG, but '{path}' has the extension '{Path.GetExtension(path)}'; give a path that ends in .svg or .png.", nameof(path));
    }

    private static bool IsPng(string path) => Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase);
}
