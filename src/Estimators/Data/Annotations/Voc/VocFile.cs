using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Fovea.Data;

/// <summary>An annotation of VOC: one image.</summary>
/// <param name="Image">Its file.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Objects">With the name of the class, and where it stands.</param>
internal sealed record VocFile(string Image, int Width, int Height, IReadOnlyList<(string Name, AnnotatedObject Object, string Place)> Objects)
{
    /// <param name="path">The .xml file.</param>
    /// <param name="images">The folder of images.</param>
    /// <param name="oneBased">Corners are pixels from 1 on, both in the box.</param>
    /// <param name="allowPathsOutside">The file name may lead outside <paramref name="images"/>.</param>
    public static VocFile Read(string path, string images, bool oneBased, bool allowPathsOutside)
    {
        var root = Load(path).Root!;
        if (root.Name != "annotation")
            throw Error(path, root, $"an annotation of VOC is wanted, but the root is <{root.Name}>");
        var image = FindImage(path, root, images, allowPathsOutside);
        var (width, height) = FindSize(path, root, image);
        // Direct children only: a person's parts are objects in an object.
        return new VocFile(image, width, height, [.. root.Elements("object").Select(o => ReadObject(path, o, oneBased))]);
    }

    /// <summary>No document type, so no entities and nothing fetched from outside.</summary>
    private static XDocument Load(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"There is no annotation '{path}'.", path, e);
        }
        catch (XmlException e)
        {
            // The parser says neither where the refused document type stands nor, of an empty file, any place.
            var xml = File.ReadAllBytes(path);
            throw new InvalidDataException(e.LineNumber == 0 && xml.AsSpan().IndexOf("<!DOCTYPE"u8) is var at and >= 0
                ? $"{TextPlace.Of(path, xml, at)}: it declares a document type (DTD), which could expand without bound or fetch other files, and is refused. Remove the declaration."
                : $"{TextPlace.Of(path, Math.Max(1, e.LineNumber), Math.Max(1, e.LinePosition))}: this is no XML: {e.Message}", e);
        }
    }

    private static string FindImage(string path, XElement root, string images, bool allowPathsOutside)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (root.Element("filename") is not { } element || element.Value.Trim() is not { Length: > 0 } listed)
            return VocLayout.Image(images, name);
        var file = ListedPath.Resolve(images, listed, allowPathsOutside, () => Place(path, element));
        // Some tools write the name without its extension.
        return Path.HasExtension(file) || File.Exists(file) ? file : VocLayout.Image(Path.GetDirectoryName(file)!, Path.GetFileName(file));
    }

    private static (int Width, int Height) FindSize(string path, XElement root, string image)
    {
        // Some tools write 0 where they did not look.
        if (root.Element("size") is not { } size || size.Element("width") is not { } width || size.Element("height") is not { } height || width.Value.Trim() == "0")
            return ImageSize.Read(image);
        return (Side(width), Side(height));

        int Side(XElement element) => int.TryParse(element.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var side) && side > 0 ? side
            : throw Error(path, element, $"<{element.Name}> must be a number of pixels from 1 on, but is '{element.Value}'");
    }

    private static (string Name, AnnotatedObject Object, string Place) ReadObject(string path, XElement element, bool oneBased)
    {
        var name = Child(path, element, "name").Value.Trim();
        if (name.Length == 0)
            throw Error(path, element, "the object has an empty <name>");
        var corners = Child(path, element, "bndbox");
        var first = oneBased ? 1 : 0;
        // From pixel numbers, both in the box, to corners: the first loses what it counts from, the last ends where the next begins.
        var box = new SampleBox((float)(Number("xmin") - first), (float)(Number("ymin") - first), (float)Number("xmax"), (float)Number("ymax"), 0);
        if (Boxes.Problem(box) is { } problem)
            throw Error(path, corners, $"the box of '{name}' {problem}");
        return (name, new AnnotatedObject(box)
        {
            IsDifficult = Flag("difficult"),
            IsTruncated = Flag("truncated"),
            Pose = element.Element("pose")?.Value.Trim(),
            Area = box.Area,
        }, Place(path, element));

        double Number(string corner)
        {
            var child = Child(path, corners, corner);
            return double.TryParse(child.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
                : throw Error(path, child, $"<{corner}> must be a number, but is '{child.Value}'");
        }

        bool Flag(string flag) => element.Element(flag)?.Value.Trim() switch
        {
            null or "" or "0" or "false" => false,
            "1" or "true" => true,
            var other => throw Error(path, element.Element(flag)!, $"<{flag}> must be 0 or 1, but is '{other}'"),
        };
    }

    private static XElement Child(string path, XElement parent, string name) =>
        parent.Element(name) ?? throw Error(path, parent, $"<{parent.Name}> has no <{name}>");

    private static InvalidDataException Error(string path, XElement at, string problem) => new($"{Place(path, at)}: {problem}.");

    private static string Place(string path, XElement at)
    {
        var line = (IXmlLineInfo)at;
        return TextPlace.Of(path, line.LineNumber, line.LinePosition);
    }
}
