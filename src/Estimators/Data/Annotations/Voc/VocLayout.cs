namespace Fovea.Data;

/// <summary>Where things lie in a VOC devkit (VOC2012 and its like).</summary>
internal static class VocLayout
{
    public const string Annotations = "Annotations";
    public const string Images = "JPEGImages";
    public const string Masks = "SegmentationClass";

    /// <summary>The file that lists a split's images: <c>ImageSets/Main/NAME.txt</c>, or Segmentation in place of Main.</summary>
    public static string SplitFile(string root, string task, string split) => Path.Combine(root, "ImageSets", task, split + ".txt");

    /// <summary>A folder of the devkit, which must be there.</summary>
    /// <exception cref="DirectoryNotFoundException">It is not.</exception>
    public static string Require(string root, string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        var full = Path.GetFullPath(root);
        var path = Path.Combine(full, folder);
        return Directory.Exists(path) ? path
            : throw new DirectoryNotFoundException($"There is no folder '{path}'. Wanted is a folder laid out as Pascal VOC's: {Images}, {Annotations} (or {Masks}), ImageSets/Main (or ImageSets/Segmentation).");
    }

    /// <summary>The names of a split's images, in the order of its file. The flags in lists of one class (aeroplane_train.txt) are passed over.</summary>
    /// <exception cref="FileNotFoundException">There is no such split; the message lists those there are.</exception>
    /// <exception cref="InvalidDataException">A name is there twice or leads outside, or there are none.</exception>
    public static IReadOnlyList<string> Names(string root, string task, string split)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(split);
        var file = SplitFile(Path.GetFullPath(root), task, split);
        if (split.AsSpan().ContainsAny('/', '\\'))
            throw new ArgumentException($"The name of a split is wanted, as 'train', but '{split}' is a path.", nameof(split));
        if (!File.Exists(file))
        {
            var folder = Path.GetDirectoryName(file)!;
            var others = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal).ToList() : [];
            throw new FileNotFoundException($"There is no split '{split}': no file '{file}'. {(others.Count == 0 ? "There are no splits at all." : $"There are {string.Join(", ", others)}.")}", file);
        }
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line.AsSpan().IsWhiteSpace())
                continue;
            var name = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0];
            if (name.AsSpan().ContainsAny('/', '\\') || name is "." or "..")
                throw new InvalidDataException($"'{file}' (line {number}): the name of an image is wanted, but '{name}' is a path.");
            if (!seen.Add(name))
                throw new InvalidDataException($"'{file}' (line {number}): the image '{name}' is there twice.");
            names.Add(name);
        }
        return names.Count > 0 ? names : throw new InvalidDataException($"'{file}' lists no images.");
    }

    /// <summary>The image of a name: the one file in the folder that bears it.</summary>
    /// <returns>With .jpg where there is none, so that the error comes with the row, as for any missing image.</returns>
    public static string Image(string folder, string name)
    {
        foreach (var extension in FolderView.Extensions)
            if (Path.Combine(folder, name + extension) is var path && File.Exists(path))
                return path;
        return Path.Combine(folder, name + ".jpg");
    }
}
