namespace Fovea.Data;

/// <summary>A file of delimited text that names images, and what is known of each.</summary>
internal static class Manifest
{
    public static TableView Open(string path, ManifestOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfUnusable(nameof(options));
        var table = CsvTable.Read(path, options.Delimiter ?? Delimiter(path));
        var image = Find(table, path, options.ImageColumn, "Image") is var i and >= 0 ? i
            : throw new InvalidDataException($"'{path}' has no column 'Image'; its columns are {Names(table)}. Name the column of images ({nameof(ManifestOptions.ImageColumn)}).");
        var label = Find(table, path, options.LabelColumn, "Label");
        var mask = Find(table, path, options.MaskColumn, "Mask");
        if (label < 0 && options.ClassNames is not null)
            throw new ArgumentException($"{nameof(ManifestOptions.ClassNames)} were given, but '{path}' has no column of labels; its columns are {Names(table)}.", nameof(options));
        if (mask >= 0 != options.MaskClasses is not null)
            throw new ArgumentException(mask >= 0
                ? $"'{path}' has a column of masks, '{table.Headers[mask]}'; say what their pixels mean ({nameof(ManifestOptions.MaskClasses)})."
                : $"{nameof(ManifestOptions.MaskClasses)} were given, but '{path}' has no column of masks; its columns are {Names(table)}.", nameof(options));
        if (table.Count == 0)
            throw new InvalidDataException($"'{path}' has no rows below its first line.");

        var root = Path.GetFullPath(options.Folder ?? Path.GetDirectoryName(Path.GetFullPath(path))!);
        var view = new TableView.Builder(table.Count).AddText("Image", Paths(table, image, root, options.AllowPathsOutside));
        if (label >= 0)
        {
            var (classes, names) = Labels(table, label, options.ClassNames);
            view.AddKey("Label", classes, names);
        }
        if (mask >= 0)
            view.AddMask("Mask", Paths(table, mask, root, options.AllowPathsOutside), options.MaskClasses);
        for (var column = 0; column < table.Headers.Count; column++)
        {
            if (column == image || column == label || column == mask)
                continue;
            var name = table.Headers[column];
            if (name is "Image" || name is "Label" && label >= 0 || name is "Mask" && mask >= 0)
                throw new ArgumentException($"'{path}' has a column '{name}', but another was given in its place; the view can have one '{name}' only. Rename it in the file.", nameof(options));
            view.AddText(name, [.. Enumerable.Range(0, table.Count).Select(row => table[row, column])]);
        }
        return view.Build();
    }

    private static char Delimiter(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => ',',
        ".tsv" or ".tab" => '\t',
        var other => throw new ArgumentException($"What stands between the fields of '{path}' does not show in its extension '{other}': a comma in .csv, a tab in .tsv and .tab. Give the {nameof(ManifestOptions.Delimiter)}.", nameof(path)),
    };

    /// <summary>-1 where a column that nobody named is not there.</summary>
    private static int Find(CsvTable table, string path, string? given, string usual)
    {
        var index = table.IndexOf(given ?? usual);
        return index >= 0 || given is null ? index
            : throw new InvalidDataException($"'{path}' has no column '{given}'; its columns are {Names(table)}. Are its fields separated by another character ({nameof(ManifestOptions.Delimiter)})?");
    }

    private static string Names(CsvTable table) => string.Join(", ", table.Headers.Select(h => $"'{h}'"));

    private static string[] Paths(CsvTable table, int column, string root, bool allowOutside)
    {
        var paths = new string[table.Count];
        for (var row = 0; row < paths.Length; row++)
        {
            if (ManifestPath.Problem(table[row, column], allowOutside) is { } problem)
                throw table.Fault(row, column, $"the path '{table[row, column]}' {problem}."
                    + (ManifestPath.Problem(table[row, column], allowOutside: true) is null ? $" Paths must lie below '{root}', or be allowed outside ({nameof(ManifestOptions.AllowPathsOutside)})." : ""));
            paths[row] = ManifestPath.Resolve(root, table[row, column]);
        }
        return paths;
    }

    private static (int[] Classes, IReadOnlyList<string> Names) Labels(CsvTable table, int column, IReadOnlyList<string>? given)
    {
        var names = given ?? [.. Enumerable.Range(0, table.Count).Select(row => table[row, column]).Where(l => l != "").Distinct().Order(StringComparer.Ordinal)];
        var places = names.Select((name, place) => (name, place)).ToDictionary(n => n.name, n => n.place, StringComparer.Ordinal);
        var classes = new int[table.Count];
        for (var row = 0; row < classes.Length; row++)
        {
            var label = table[row, column];
            if (!places.TryGetValue(label, out classes[row]))
                throw table.Fault(row, column, label == ""
                    ? "there is no label. Label the row or remove it."
                    : $"the label '{label}' is none of the {names.Count} classes: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? ", ..." : "")}.");
        }
        return (classes, names);
    }
}
