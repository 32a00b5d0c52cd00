namespace Fovea.Data;

/// <summary>
/// CamVid's list files: a line for each image, its path and its mask's. The lists that are around hold absolute paths of
/// another machine, so of each path the longest end is taken that exists below the list's folder.
/// </summary>
internal static class CamVidList
{
    /// <summary>SegNet's version: eleven classes, and 11 for what has none.</summary>
    public static MaskClasses Classes { get; } =
        new("Sky", "Building", "Pole", "Road", "Pavement", "Tree", "SignSymbol", "Fence", "Car", "Pedestrian", "Bicyclist") { IgnoreIndex = 11 };

    public static TableView Open(string list, string? folder, MaskClasses classes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(list);
        classes.ThrowIfUnusable(nameof(classes));
        if (!File.Exists(list))
            throw new FileNotFoundException($"There is no list '{Path.GetFullPath(list)}'.", list);
        var root = Path.GetFullPath(folder ?? Path.GetDirectoryName(Path.GetFullPath(list))!);
        if (!Directory.Exists(root))
            throw new DirectoryNotFoundException($"There is no folder '{root}'.");
        var images = new List<string>();
        var masks = new List<string>();
        var number = 0;
        foreach (var line in File.ReadLines(list))
        {
            number++;
            var parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0)
                continue;
            if (parts.Length != 2)
                throw new InvalidDataException($"'{list}' has {parts.Length} paths in line {number}; wanted are two with a space between them, the image's and its mask's.");
            images.Add(Find(root, parts[0], list, number, line.IndexOf(parts[0], StringComparison.Ordinal) + 1));
            masks.Add(Find(root, parts[1], list, number, line.LastIndexOf(parts[1], StringComparison.Ordinal) + 1));
        }
        if (images.Count == 0)
            throw new InvalidDataException($"The list '{list}' is empty; wanted are lines of two paths, an image's and its mask's.");
        return new TableView.Builder(images.Count).AddText("Image", images).AddMask("Mask", masks, classes).Build();
    }

    private static string Find(string root, string path, string list, int line, int column)
    {
        var parts = path.Split('/', '\\');
        if (parts.Contains(".."))
            throw new InvalidDataException($"'{list}' has the path '{path}' in line {line}, column {column}, which leads upwards ('..'); the files must lie below '{root}'.");
        for (var skipped = 0; skipped < parts.Length; skipped++)
        {
            // An absolute path would replace the root, so every part must be a name.
            if (parts[skipped].Length == 0 || parts[skipped].Contains(':'))
                continue;
            var candidate = Path.Combine([root, .. parts[skipped..]]);
            if (File.Exists(candidate))
                return candidate;
        }
        throw new FileNotFoundException($"'{list}' names '{path}' in line {line}, column {column}, but neither it nor an end of it exists below '{root}'.", path);
    }
}
