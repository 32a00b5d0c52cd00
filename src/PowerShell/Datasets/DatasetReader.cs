using Microsoft.ML;

namespace Fovea.PowerShell;

/// <summary>Reads a data set of any format through the library's loaders.</summary>
internal static class DatasetReader
{
    public static ImageDataset Read(VisionData data, DatasetSource source)
    {
        var path = source.Path;
        var format = source.Format;
        if (format == DatasetFormat.Auto)
        {
            // A part's folder shows the format where that of the whole holds nothing but parts.
            if (source.Split is { } part && Directory.Exists(Path.Combine(path, part)) && !File.Exists(Path.Combine(path, "data.yaml")))
                (path, source) = (Path.Combine(path, part), source with { Path = Path.Combine(path, part), Split = null });
            format = DatasetFormats.Of(path);
        }
        FormatParameters.Check(format, source);
        var view = format switch
        {
            DatasetFormat.Folder => LibraryCall.Invoke<IDataView>(data, nameof(data.FromFolder), ("path", DatasetFormats.PartFolder(path, source.Split)), ("recurse", source.Recurse)),
            DatasetFormat.Faces => data.FromFaces(DatasetFormats.PartFolder(path, source.Split)),
            DatasetFormat.Idx => Idx(data, source),
            DatasetFormat.Cifar => Cifar(data, source),
            DatasetFormat.Csv => data.FromManifest(path, Manifest(source)),
            DatasetFormat.Voc => LibraryCall.Invoke<IDataView>(data, nameof(data.FromVoc), ("path", path), ("split", source.Split), ("classNames", source.ClassName), ("oneBased", source.OneBased), ("allowPathsOutside", source.AllowPathsOutside)),
            DatasetFormat.Coco => LibraryCall.Invoke<IDataView>(data, nameof(data.FromCoco), ("path", path), ("imagesFolder", source.Images ?? Path.GetDirectoryName(path)), ("allowPathsOutside", source.AllowPathsOutside)),
            DatasetFormat.Yolo => LibraryCall.Invoke<IDataView>(data, nameof(data.FromYolo), ("path", path), ("split", source.Split), ("allowPathsOutside", source.AllowPathsOutside)),
            DatasetFormat.Mask => Mask(data, source),
            _ => throw new ArgumentOutOfRangeException(nameof(source), format, "There is no such format."),
        };
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        return new ImageDataset(view, source.Split is null ? name : $"{name} ({source.Split})", path, format);
    }

    private static IDataView Idx(VisionData data, DatasetSource source)
    {
        var images = Directory.Exists(source.Path) ? IdxImages(source.Path, source.Split) : source.Path;
        // MNIST's own names: the labels' differ in these two words.
        var labels = source.Labels ?? Path.Combine(Path.GetDirectoryName(images)!, Path.GetFileName(images).Replace("images", "labels").Replace("idx3", "idx1"));
        return LibraryCall.Invoke<IDataView>(data, nameof(data.FromIdx), ("images", images), ("labels", labels), ("classNames", source.ClassName));
    }

    private static string IdxImages(string folder, string? split)
    {
        var prefix = split switch { "test" => "t10k", null => "*", _ => split };
        var found = Directory.EnumerateFiles(folder, $"{prefix}-images*idx3-ubyte*").Order(StringComparer.Ordinal).ToList();
        return found switch
        {
            [var one] => one,
            [] => throw new FileNotFoundException($"'{folder}' has no file {prefix}-images-idx3-ubyte or {prefix}-images-idx3-ubyte.gz."),
            _ => throw new InvalidDataException($"'{folder}' has {string.Join(" and ", found.Select(Path.GetFileName))}. Choose with -Split train or -Split test, or name the file."),
        };
    }

    private static IDataView Cifar(VisionData data, DatasetSource source)
    {
        if (File.Exists(source.Path))
            return data.FromCifar10([source.Path]);
        object? part = source.Split is null ? null
            : Enum.TryParse<CifarPart>(source.Split, ignoreCase: true, out var named) ? named
            : throw new ArgumentException($"The split must be one of {string.Join(", ", Enum.GetNames<CifarPart>())}; it is '{source.Split}'.");
        var isHundred = File.Exists(Path.Combine(source.Path, "train.bin")) || Directory.Exists(Path.Combine(source.Path, "cifar-100-binary"));
        return isHundred
            ? LibraryCall.Invoke<IDataView>(data, nameof(data.FromCifar100), ("folder", source.Path), ("part", part), ("labels", source.Coarse is null ? null : source.Coarse.Value ? CifarLabels.Coarse : CifarLabels.Fine))
            : LibraryCall.Invoke<IDataView>(data, nameof(data.FromCifar10), ("folder", source.Path), ("part", part));
    }

    private static ManifestOptions Manifest(DatasetSource source)
    {
        var options = new ManifestOptions
        {
            Delimiter = source.Delimiter,
            ImageColumn = source.ImageColumn,
            LabelColumn = source.LabelColumn,
            MaskColumn = source.MaskColumn,
            Folder = source.Images,
        };
        if (source.AllowPathsOutside is { } outside)
            options = options with { AllowPathsOutside = outside };
        // The classes are those of the masks where there are any.
        var hasMasks = source.MaskColumn is not null || source.MaskValue is not null || source.IgnoreIndex is not null;
        return hasMasks ? options with { MaskClasses = source.MaskClasses } : options with { ClassNames = source.ClassName };
    }

    private static IDataView Mask(VisionData data, DatasetSource source)
    {
        var path = source.Path;
        if (File.Exists(path))
            return data.FromCamVid(path, source.Images, source.MaskClasses);
        if (Directory.Exists(Path.Combine(path, "SegmentationClass")))
            return LibraryCall.Invoke<IDataView>(data, nameof(data.FromVocSegmentation), ("path", path), ("split", source.Split), ("classes", source.MaskClasses));
        path = DatasetFormats.PartFolder(path, source.Split);
        var options = new MaskFolderOptions();
        if (source.MaskSuffix is { } suffix)
            options = options with { MaskSuffix = suffix };
        if (source.Recurse is { } recurse)
            options = options with { Recurse = recurse };
        var classes = source.MaskClasses ?? throw new ArgumentException("Masks in a folder do not say what their pixels mean: name the classes with -ClassName, and with -MaskValue the value of each where that is not 0, 1, 2, ...");
        return data.FromMaskFolders(source.Images ?? Path.Combine(path, "images"), source.Masks ?? Path.Combine(path, "masks"), classes, options);
    }
}
