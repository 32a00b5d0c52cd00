namespace Fovea.Data;

/// <summary>A data set in YOLO's format.</summary>
internal static class YoloReader
{
    private const string Images = "/images/";
    private const string Labels = "/labels/";

    /// <exception cref="FileNotFoundException">There is no data.yaml, or no image of a list.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no folder of images.</exception>
    /// <exception cref="InvalidDataException">A file is malformed, or there are no images or no labels.</exception>
    public static AnnotatedSet Read(string fileOrFolder, string split, bool allowPathsOutside)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(split);
        var path = YoloDataFile.Locate(fileOrFolder);
        var data = YoloDataFile.Read(path);
        var images = new List<string>();
        foreach (var source in data.Sources(split, allowPathsOutside))
            images.AddRange(Path.GetExtension(source) == ".txt" ? FromList(source, allowPathsOutside) : FromFolder(source));
        if (images.Count == 0)
            throw new InvalidDataException($"The split '{split}' of '{path}' holds no image. Images have one of the extensions {string.Join(", ", FolderView.Extensions)}.");
        if (images.GroupBy(i => i, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidDataException($"The split '{split}' of '{path}' holds the image '{twice.Key}' twice.");
        if (!images.Exists(i => File.Exists(LabelFile(i))))
            throw new InvalidDataException($"None of the {images.Count} images of the split '{split}' of '{path}' has a label file; that of the first would be '{LabelFile(images[0])}'.");

        // Boxes are fractions, so each image's header is read; that waits for the disk more than it computes.
        var read = new AnnotatedImage[images.Count];
        var errors = new Exception?[images.Count];
        Parallel.For(0, images.Count, i =>
        {
            try
            {
                read[i] = Image(images[i], data.ClassNames.Count);
            }
            catch (Exception e)
            {
                errors[i] = e;
            }
        });
        if (Array.Find(errors, e => e is not null) is { } first)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        return new AnnotatedSet(data.ClassNames, read, AnnotationFields.Segmentation);
    }

    /// <summary>Beside the image; in labels where the image is in images.</summary>
    internal static string LabelFile(string image)
    {
        var separated = Path.ChangeExtension(image, ".txt").Replace('\\', '/');
        var at = separated.LastIndexOf(Images, StringComparison.Ordinal);
        return Path.GetFullPath(at < 0 ? separated : separated[..at] + Labels + separated[(at + Images.Length)..]);
    }

    private static AnnotatedImage Image(string path, int classes)
    {
        var (width, height) = ImageSize.Read(path);
        var labels = LabelFile(path);
        // An image without a file of labels shows nothing of interest.
        return new AnnotatedImage(path, width, height, File.Exists(labels) ? YoloLabels.Read(labels, width, height, classes) : []);
    }

    private static IEnumerable<string> FromFolder(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => FolderView.Extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)
        : throw new DirectoryNotFoundException($"There is no folder of images '{folder}'.");

    private static IEnumerable<string> FromList(string list, bool allowPathsOutside)
    {
        if (!File.Exists(list))
            throw new FileNotFoundException($"There is no list of images '{list}'.", list);
        var folder = Path.GetDirectoryName(list)!;
        return File.ReadLines(list).Select((line, i) => (Line: line.Trim(), Number: i + 1)).Where(l => l.Line.Length > 0)
            .Select(l => ListedPath.Resolve(folder, l.Line, allowPathsOutside, () => $"'{list}' (line {l.Number})")).ToList();
    }
}
