namespace Fovea.Data;

/// <summary>A folder of images and one of masks, paired by name: Image and Mask, both paths.</summary>
internal static class MaskFolders
{
    /// <summary>Names in a message; the rest is counted.</summary>
    private const int Shown = 10;

    public static TableView Open(string images, string masks, MaskClasses classes, MaskFolderOptions options)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(options);
        classes.ThrowIfUnusable(nameof(classes));
        var suffix = options.MaskSuffix ?? "";
        var (imageRoot, maskRoot) = (Root(images, nameof(images)), Root(masks, nameof(masks)));
        var isOneFolder = imageRoot == maskRoot;
        if (isOneFolder && suffix == "")
            throw new ArgumentException($"Images and masks lie in one folder, '{imageRoot}'; give the {nameof(MaskFolderOptions.MaskSuffix)} that tells masks from images.", nameof(options));

        bool IsMask(string key) => key.EndsWith(suffix, StringComparison.Ordinal);
        var imageOf = Named(imageRoot, options.Recurse, key => !isOneFolder || !IsMask(key), suffix: "");
        var maskOf = Named(maskRoot, options.Recurse, IsMask, suffix);
        if (imageOf.Count == 0)
            throw new InvalidDataException($"The folder '{imageRoot}' holds no images. Images have one of the extensions {string.Join(", ", FolderView.Extensions)}.");
        RequirePartners(imageOf, maskOf, $"have no mask in '{maskRoot}'{(suffix == "" ? "" : $" (whose name ends with '{suffix}')")}");
        RequirePartners(maskOf, imageOf, $"are masks without an image in '{imageRoot}'");
        string[] keys = [.. imageOf.Keys.Order(NaturalOrder.Instance)];
        return new TableView.Builder(keys.Length)
            .AddText("Image", [.. keys.Select(k => imageOf[k])])
            .AddMask("Mask", [.. keys.Select(k => maskOf[k])], classes)
            .Build();
    }

    private static string Root(string folder, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder, parameter);
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Directory.Exists(root) ? root : throw new DirectoryNotFoundException($"There is no folder of {parameter} '{root}'.");
    }

    /// <summary>Files by what pairs them: the path below the root, without suffix and extension.</summary>
    private static Dictionary<string, string> Named(string root, bool recurse, Func<string, bool> isWanted, string suffix)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in FolderView.Images(root, recurse, StringComparer.Ordinal))
        {
            var key = Path.ChangeExtension(Path.GetRelativePath(root, path), null);
            if (!isWanted(key))
                continue;
            key = key[..^suffix.Length];
            if (!named.TryAdd(key, path))
                throw new InvalidDataException($"'{named[key]}' and '{path}' have the same name but for the extension, so none can be paired. Remove one.");
        }
        return named;
    }

    private static void RequirePartners(Dictionary<string, string> files, Dictionary<string, string> partners, string what)
    {
        var alone = files.Where(f => !partners.ContainsKey(f.Key)).Select(f => f.Value).Order(StringComparer.Ordinal).ToList();
        if (alone.Count > 0)
            throw new InvalidDataException($"{alone.Count} of {files.Count} files {what}: {string.Join(", ", alone.Take(Shown).Select(f => $"'{f}'"))}{(alone.Count > Shown ? ", ..." : "")}. Names must be equal but for the extension; add the missing ones or remove these.");
    }
}
