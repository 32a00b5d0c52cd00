using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fovea.Data;

/// <summary>Writes a set in YOLO's format.</summary>
internal static class YoloWriter
{
    /// <summary>
    /// Of the image's side: a box comes back within 1.5 halves of the last decimal, 1.3e-5 pixels of 16384, and what rounding to
    /// float adds, 1e-3 pixels there. With the usual six it would be 0.012 pixels.
    /// </summary>
    private const string NineDecimals = "0.#########";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(AnnotatedSet set, string folder, string split, bool outlines, bool copyImages, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (split is not ("train" or "val" or "test"))
            throw new ArgumentException($"The split must be train, val or test, but is '{split}'.", nameof(split));
        var root = Path.GetFullPath(folder);
        var files = new FileBatch();
        foreach (var image in set.Images)
        {
            var lines = image.Objects.Select((entry, i) => Line(image, entry, i, outlines)).ToList();
            files.AddLines(Path.Combine(root, "labels", split, Path.GetFileNameWithoutExtension(image.Path) + ".txt"), lines);
            if (copyImages)
                files.Copy(image.Path, Path.Combine(root, "images", split, Path.GetFileName(image.Path)));
        }
        var yaml = Path.Combine(root, "data.yaml");
        files.AddLines(yaml, DataFile(set, yaml, split, overwrite));
        files.Commit(overwrite, yaml);
    }

    /// <summary>Keeps the other splits of a data.yaml that is there, if it names the same classes.</summary>
    private static List<string> DataFile(AnnotatedSet set, string path, string split, bool overwrite)
    {
        var splits = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var lines = new List<string>();
        if (File.Exists(path))
        {
            var existing = YoloDataFile.Read(path);
            if (existing.ClassNames.SequenceEqual(set.ClassNames))
            {
                if (existing.Root.Length > 0)
                    lines.Add($"path: {Quoted(existing.Root)}");
                foreach (var (name, sources) in existing.Splits)
                    splits[name] = [.. sources.Select(s => s.Path)];
            }
            else if (!overwrite)
                throw new IOException($"'{path}' is there and names other classes: {string.Join(", ", existing.ClassNames.Take(20))}. Choose another folder, or pass overwrite: true to replace it. Nothing was written.");
        }
        splits[split] = [$"images/{split}"];
        lines.AddRange(splits.Select(s => $"{s.Key}: {(s.Value.Count == 1 ? Quoted(s.Value[0]) : $"[{string.Join(", ", s.Value.Select(Quoted))}]")}"));
        lines.Add("names:");
        lines.AddRange(set.ClassNames.Select((name, k) => $"  {k}: {Quoted(name)}"));
        return lines;
    }

    private static string Line(AnnotatedImage image, AnnotatedObject entry, int number, bool outlines)
    {
        var line = new StringBuilder(entry.Box.Label.ToString(CultureInfo.InvariantCulture));
        if (outlines && Outline.Parse(entry.Segmentation.IsEmpty ? "[]"u8 : entry.Segmentation.Span) is { Polygons: [var points] })
        {
            for (var i = 0; i < points.Length; i++)
                Append(points[i], i % 2 == 0 ? image.Width : image.Height);
            return line.ToString();
        }
        var box = entry.Box;
        Append(((double)box.X0 + box.X1) / 2, image.Width);
        Append(((double)box.Y0 + box.Y1) / 2, image.Height);
        Append((double)box.X1 - box.X0, image.Width);
        Append((double)box.Y1 - box.Y0, image.Height);
        if (box.X0 < 0 || box.Y0 < 0 || box.X1 > image.Width || box.Y1 > image.Height)
            throw Outside();
        return line.ToString();

        void Append(double value, int side) =>
            line.Append(' ').Append(value >= 0 && value <= side ? (value / side).ToString(NineDecimals, CultureInfo.InvariantCulture) : throw Outside());

        InvalidDataException Outside() => new($"Object {number} of '{image.Path}' {Boxes.Text(entry.Box)} lies partly outside of its image of {image.Width} x {image.Height} pixels, which YOLO's format cannot hold. Correct it in the source.");
    }

    /// <summary>Every JSON text is one of YAML.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Readable);
}
