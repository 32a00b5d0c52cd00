namespace Fovea.Data;

/// <summary>A VOC devkit's segmentation: images and index masks.</summary>
internal static class VocMasks
{
    /// <summary>Of Pascal VOC, in its order.</summary>
    public static MaskClasses Classes { get; } = new(MaskWriter.Background, "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair",
        "cow", "diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor") { IgnoreIndex = MaskWriter.Ignored };

    /// <exception cref="DirectoryNotFoundException">It is not laid out as VOC's.</exception>
    /// <exception cref="FileNotFoundException">There is no such split, or a mask is missing.</exception>
    /// <exception cref="InvalidDataException">The split is malformed.</exception>
    public static TableView Open(string root, string split, MaskClasses classes)
    {
        classes.ThrowIfUnusable(nameof(classes));
        var masks = VocLayout.Require(root, VocLayout.Masks);
        var images = VocLayout.Require(root, VocLayout.Images);
        var names = VocLayout.Names(root, "Segmentation", split);
        return new TableView.Builder(names.Count)
            .AddText(BoxColumns.Image, [.. names.Select(name => VocLayout.Image(images, name))])
            .AddMask("Mask", [.. names.Select(Mask)], classes).Build();

        string Mask(string name) => Path.Combine(masks, name + ".png") is var path && File.Exists(path) ? path
            : throw new FileNotFoundException($"There is no mask '{path}' of the image '{name}' of the split '{split}'.", path);
    }
}
