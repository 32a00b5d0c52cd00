using System.Text;
using System.Xml;

namespace Fovea.Data;

/// <summary>Writes a set in VOC's layout.</summary>
internal static class VocWriter
{
    public static void Write(AnnotatedSet set, string folder, string split, bool oneBased, bool copyImages, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentException.ThrowIfNullOrWhiteSpace(split);
        if (split.AsSpan().ContainsAny('/', '\\'))
            throw new ArgumentException($"The name of a split is wanted, as 'train', but '{split}' is a path.", nameof(split));
        var root = Path.GetFullPath(folder);
        var images = Path.Combine(root, VocLayout.Images);
        var files = new FileBatch();
        var names = new List<string>();
        foreach (var image in set.Images)
        {
            var name = Path.GetFileNameWithoutExtension(image.Path);
            if (name.Any(char.IsWhiteSpace))
                throw new InvalidDataException($"'{image.Path}' has a name with white space, which the lists of VOC cannot hold. Rename it.");
            names.Add(name);
            var fileName = copyImages ? Path.GetFileName(image.Path) : ImageNames.Relative(images, image.Path);
            if (copyImages)
                files.Copy(image.Path, Path.Combine(images, fileName));
            files.Add(Path.Combine(root, VocLayout.Annotations, name + ".xml"), stream => Annotation(stream, set, image, fileName, oneBased));
        }
        files.AddLines(VocLayout.SplitFile(root, "Main", split), names);
        files.Commit(overwrite);
    }

    private static void Annotation(Stream stream, AnnotatedSet set, AnnotatedImage image, string fileName, bool oneBased)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, IndentChars = "\t", OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" });
        xml.WriteStartElement("annotation");
        xml.WriteElementString("folder", VocLayout.Images);
        xml.WriteElementString("filename", fileName);
        xml.WriteStartElement("size");
        xml.WriteElementString("width", XmlConvert.ToString(image.Width));
        xml.WriteElementString("height", XmlConvert.ToString(image.Height));
        xml.WriteElementString("depth", "3");
        xml.WriteEndElement();
        xml.WriteElementString("segmented", "0");
        // VOC counts the first pixel as 1, and the last is in the box.
        var first = oneBased ? 1 : 0;
        foreach (var entry in image.Objects)
        {
            xml.WriteStartElement("object");
            xml.WriteElementString("name", set.ClassNames[entry.Box.Label]);
            xml.WriteElementString("pose", set.Has(AnnotationFields.Pose) ? entry.Pose : "Unspecified");
            xml.WriteElementString("truncated", entry.IsTruncated ? "1" : "0");
            xml.WriteElementString("difficult", entry.IsDifficult ? "1" : "0");
            xml.WriteStartElement("bndbox");
            xml.WriteElementString("xmin", Corner(entry.Box.X0, first));
            xml.WriteElementString("ymin", Corner(entry.Box.Y0, first));
            xml.WriteElementString("xmax", Corner(entry.Box.X1, 0));
            xml.WriteElementString("ymax", Corner(entry.Box.Y1, 0));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    /// <summary>The shortest decimal that leads back to the same float when <paramref name="first"/> is taken off again.</summary>
    private static string Corner(float value, int first) =>
        first == 0 ? ShortNumbers.Text(value) : (ShortNumbers.Decimal(value) + first).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
