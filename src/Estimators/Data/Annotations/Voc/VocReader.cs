namespace Fovea.Data;

/// <summary>A VOC devkit's boxes.</summary>
internal static class VocReader
{
    /// <exception cref="DirectoryNotFoundException">It is not laid out as VOC's.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is malformed; the message names file, line and column.</exception>
    public static AnnotatedSet Read(string root, string? split, IReadOnlyList<string>? classNames, bool oneBased, bool allowPathsOutside)
    {
        var annotations = VocLayout.Require(root, VocLayout.Annotations);
        var images = Path.Combine(Path.GetFullPath(root), VocLayout.Images);
        var names = split is not null ? VocLayout.Names(root, "Main", split)
            : [.. Directory.EnumerateFiles(annotations, "*.xml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];
        if (names.Count == 0)
            throw new InvalidDataException($"'{annotations}' holds no .xml files.");
        if (classNames is not null)
            CheckNames(classNames);

        var files = names.Select(name => VocFile.Read(Path.Combine(annotations, name + ".xml"), images, oneBased, allowPathsOutside)).ToList();
        var found = classNames ?? [.. files.SelectMany(f => f.Objects).Select(o => o.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (found.Count == 0)
            throw new InvalidDataException($"None of the {files.Count} annotations in '{annotations}' holds an object, so there are no classes. Give classNames if that is meant.");
        var places = found.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        return new AnnotatedSet([.. found], [.. files.Select(Image)], AnnotationFields.Difficult | AnnotationFields.Truncated | AnnotationFields.Pose);

        AnnotatedImage Image(VocFile file) => new(file.Image, file.Width, file.Height,
        [
            .. file.Objects.Select(o => places.TryGetValue(o.Name, out var label) ? o.Object with { Box = o.Object.Box with { Label = label } }
                : throw new InvalidDataException($"{o.Place}: the class '{o.Name}' is none of the {found.Count} given: {string.Join(", ", found.Take(20))}{(found.Count > 20 ? ", ..." : "")}.")),
        ]);
    }

    /// <exception cref="ArgumentException">There are none, an empty one or one twice.</exception>
    internal static void CheckNames(IReadOnlyList<string> classNames)
    {
        if (classNames.Count == 0 || classNames.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException($"At least one class name is wanted, and none may be empty; {classNames.Count} were given.", nameof(classNames));
        if (classNames.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The class name '{twice.Key}' was given {twice.Count()} times; each class needs its own.", nameof(classNames));
    }
}
