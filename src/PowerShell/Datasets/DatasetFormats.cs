namespace Fovea.PowerShell;

/// <summary>Finds out of which format a file or folder is, by names alone; nothing is opened.</summary>
internal static class DatasetFormats
{
    private static readonly string[] parts = ["train", "training", "test", "val", "valid", "validation"];

    /// <exception cref="InvalidDataException">It is of none, or could be of several; the message says how to go on.</exception>
    public static DatasetFormat Of(string path)
    {
        if (File.Exists(path))
            return OfFile(path);
        if (!Directory.Exists(path))
            throw new FileNotFoundException($"There is no file or folder '{path}'.", path);
        return OfFolder(path);
    }

    /// <summary>The folder of a part below a set's own, where there is one of its name.</summary>
    public static string PartFolder(string path, string? split) => split is not null && Directory.Exists(Path.Combine(path, split)) ? Path.Combine(path, split)
        : split is null ? path
        : throw new DirectoryNotFoundException($"'{path}' has no folder '{split}'.");

    private static DatasetFormat OfFile(string path)
    {
        var name = Path.GetFileName(path).ToLowerInvariant();
        return Path.GetExtension(name) switch
        {
            _ when name.Contains("-images-idx3-ubyte") || name.Contains("-images.idx3-ubyte") => DatasetFormat.Idx,
            ".csv" or ".tsv" or ".tab" => DatasetFormat.Csv,
            ".json" => DatasetFormat.Coco,
            ".yaml" or ".yml" => DatasetFormat.Yolo,
            ".bin" => DatasetFormat.Cifar,
            ".txt" => DatasetFormat.Mask,
            _ => throw Unknown(path, "its name is none that a format uses"),
        };
    }

    private static DatasetFormat OfFolder(string path)
    {
        bool Has(string name) => File.Exists(Path.Combine(path, name)) || Directory.Exists(Path.Combine(path, name));
        if (Has("data.yaml"))
            return DatasetFormat.Yolo;
        if (Has("JPEGImages") && (Has("Annotations") || Has("SegmentationClass")))
            return Has("Annotations") && Has("SegmentationClass") ? throw Unknown(path, "it has both boxes and masks") : Has("Annotations") ? DatasetFormat.Voc : DatasetFormat.Mask;
        if (Directory.EnumerateFiles(path, "*-images*idx3-ubyte*").Any())
            return DatasetFormat.Idx;
        if (Has("data_batch_1.bin") || Has("cifar-10-batches-bin") || Has("cifar-100-binary") || Has("fine_label_names.txt"))
            return DatasetFormat.Cifar;
        if (Has("images") && Has("masks"))
            return DatasetFormat.Mask;
        var folders = Directory.EnumerateDirectories(path).Select(d => Path.GetFileName(d)).Where(d => !d.StartsWith('.')).ToList();
        if (folders.Count > 0 && folders.All(f => parts.Contains(f, StringComparer.OrdinalIgnoreCase)))
            throw Unknown(path, $"its folders {string.Join(", ", folders.Order())} are parts and no classes. Name one with -Split {folders.Order().First()}, or its own folder");
        return folders.Count > 0 ? DatasetFormat.Folder : throw Unknown(path, "it has no folders and no file that a format uses");
    }

    private static InvalidDataException Unknown(string path, string why) => new(
        $"It does not show of which format '{path}' is: {why}. Name it with -Format {string.Join(", ", Enum.GetNames<DatasetFormat>().Skip(1))}.");
}
