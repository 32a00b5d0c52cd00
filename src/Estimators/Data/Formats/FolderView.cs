using System.IO.Enumeration;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>A folder per class: Image (a path) and Label.</summary>
internal sealed class FolderView : RowView
{
    internal static readonly IReadOnlyList<string> Extensions = [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".gif", ".webp", ".pgm", ".ppm", ".pnm"];

    private readonly string[] _paths;
    private readonly int[] _labels;

    private FolderView(DataViewSchema schema, string[] paths, int[] labels) : base(schema, paths.Length)
    {
        _paths = paths;
        _labels = labels;
    }

    /// <param name="path">The folder that holds the class folders.</param>
    /// <param name="recurse">Whether images may lie deeper.</param>
    /// <param name="order">The order of classes, and of images within a class.</param>
    public static FolderView Open(string path, bool recurse, IComparer<string> order)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var root = Path.GetFullPath(path);
        if (File.Exists(root))
            throw new DirectoryNotFoundException($"'{root}' is a file; wanted is a folder that holds a folder of images per class.");
        if (!Directory.Exists(root))
            throw new DirectoryNotFoundException($"There is no folder '{root}'; wanted is a folder that holds a folder of images per class.");
        var classes = Directory.EnumerateDirectories(root).Select(d => Path.GetFileName(d)).Where(name => !name.StartsWith('.')).Order(order).ToArray();
        if (classes.Length == 0)
        {
            var images = Images(root, recurse: false, order).Count;
            throw new InvalidDataException(images == 0
                ? $"The folder '{root}' is empty: it holds neither class folders nor images. Wanted is a folder of images per class."
                : $"The folder '{root}' holds {images} images but no class folders. Move the images into a folder per class, each named as its class.");
        }
        if (classes.Length == 1)
            throw new InvalidDataException($"The folder '{root}' holds one class, '{classes[0]}'; a classifier needs at least two."
                + (Directory.EnumerateDirectories(Path.Combine(root, classes[0])).Any() ? $" If the classes lie one folder deeper, give '{Path.Combine(path, classes[0])}'." : " Add a folder of images of something else."));

        var paths = new List<string>();
        var labels = new List<int>();
        for (var i = 0; i < classes.Length; i++)
        {
            var folder = Path.Combine(root, classes[i]);
            var images = Images(folder, recurse, order);
            if (images.Count == 0)
                throw new InvalidDataException($"The class folder '{folder}' holds no image{Others(folder, recurse)}. Images have one of the extensions {string.Join(", ", Extensions)}. Add some, or remove the folder.");
            paths.AddRange(images);
            labels.AddRange(Enumerable.Repeat(i, images.Count));
        }
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Image", TextDataViewType.Instance);
        ClassKey.AddTo(schema, "Label", classes);
        return new FolderView(schema.ToSchema(), [.. paths], [.. labels]);
    }

    public override Delegate CreateGetter(int column, Func<int> row) => column == 0
        ? (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = _paths[row()].AsMemory())
        : (ValueGetter<uint>)((ref uint value) => value = (uint)_labels[row()] + 1);

    /// <summary>The absolute paths of the files below a folder that have an image's extension.</summary>
    internal static List<string> Images(string folder, bool recurse, IComparer<string> order)
    {
        var images = Files(folder, recurse).Where(f => Extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).ToList();
        images.Sort(order);
        return images;
    }

    /// <summary>A link to a folder is not followed, so a circle of links ends.</summary>
    private static FileSystemEnumerable<string> Files(string folder, bool recurse) =>
        new(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = recurse, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };

    /// <summary>What lies there instead, for the message.</summary>
    private static string Others(string folder, bool recurse)
    {
        var others = Files(folder, recurse: true).Take(1000).Select(f => Path.GetExtension(f).ToLowerInvariant()).GroupBy(e => e).OrderByDescending(g => g.Count()).Take(5).Select(g => $"{g.Count()} {(g.Key == "" ? "without extension" : g.Key)}").ToList();
        return others.Count == 0 ? " and no other file" : $", but files of other kinds{(recurse ? "" : " or in folders below")} ({string.Join(", ", others)})";
    }
}
