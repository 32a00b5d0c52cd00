namespace Fovea;

/// <summary>What the columns of a manifest mean.</summary>
public sealed record ManifestOptions
{
    /// <summary>What stands between fields. Default null: a comma in a file named .csv, a tab in one named .tsv or .tab.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The header of the column of images' paths, in any case. Default null: <c>Image</c>, which must be there.</summary>
    public string? ImageColumn { get; init; }

    /// <summary>The header of the column of labels. Default null: <c>Label</c>, where there is one.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>The header of the column of masks' paths. Default null: <c>Mask</c>, where there is one.</summary>
    public string? MaskColumn { get; init; }

    /// <summary>The names of classes 0, 1, ...; a label that is none of them is an error. Default null: the labels that occur, in ordinal order.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>What the pixels of the masks mean; wanted where there is a column of masks.</summary>
    public MaskClasses? MaskClasses { get; init; }

    /// <summary>Where relative paths begin. Default null: the manifest's own folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether paths may be absolute or lead upwards (<c>..</c>). Default false: a manifest from elsewhere cannot name any file of this machine.</summary>
    public bool AllowPathsOutside { get; init; }

    /// <summary>Every violated bound, with the value wanted and the value got.</summary>
    public IEnumerable<string> Problems()
    {
        if (Delimiter is { } delimiter && (!char.IsAscii(delimiter) || delimiter is '"' or '\r' or '\n' or '\0' || char.IsLetterOrDigit(delimiter)))
            yield return $"{nameof(Delimiter)} must be an ASCII character that is no letter, digit, quote or line end; it is '{delimiter}'";
        foreach (var (name, column) in new[] { (nameof(ImageColumn), ImageColumn), (nameof(LabelColumn), LabelColumn), (nameof(MaskColumn), MaskColumn) })
            if (column is not null && string.IsNullOrWhiteSpace(column))
                yield return $"{name} must name a column, or be null; it is '{column}'";
        string[] given = [.. new[] { ImageColumn, LabelColumn, MaskColumn }.OfType<string>()];
        foreach (var twice in given.GroupBy(c => c, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            yield return $"{nameof(ImageColumn)}, {nameof(LabelColumn)} and {nameof(MaskColumn)} must be different columns; '{twice.Key}' was given {twice.Count()} times";
        if (ClassNames is { Count: 0 })
            yield return $"{nameof(ClassNames)} must be at least one name, or null; they are none";
        foreach (var twice in (ClassNames ?? []).GroupBy(n => n).Where(g => g.Count() > 1))
            yield return $"{nameof(ClassNames)} must differ from each other; '{twice.Key}' is there {twice.Count()} times";
        foreach (var problem in MaskClasses?.Problems() ?? [])
            yield return $"{nameof(MaskClasses)}: {problem}";
    }

    internal void ThrowIfUnusable(string parameter)
    {
        Problems().ThrowIfAny(nameof(ManifestOptions), parameter);
    }
}
