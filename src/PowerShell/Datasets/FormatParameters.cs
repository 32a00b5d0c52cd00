namespace Fovea.PowerShell;

/// <summary>Which parameters of <c>Import-ImageDataset</c> mean something to a format. What means nothing is refused: a name of a class that nobody reads is a mistake.</summary>
internal static class FormatParameters
{
    private static readonly Dictionary<DatasetFormat, string[]> known = new()
    {
        [DatasetFormat.Folder] = [nameof(DatasetSource.Split), nameof(DatasetSource.Recurse)],
        [DatasetFormat.Faces] = [nameof(DatasetSource.Split)],
        [DatasetFormat.Idx] = [nameof(DatasetSource.Split), nameof(DatasetSource.Labels), nameof(DatasetSource.ClassName)],
        [DatasetFormat.Cifar] = [nameof(DatasetSource.Split), nameof(DatasetSource.Coarse)],
        [DatasetFormat.Csv] =
        [
            nameof(DatasetSource.Images), nameof(DatasetSource.ClassName), nameof(DatasetSource.MaskValue), nameof(DatasetSource.IgnoreIndex), nameof(DatasetSource.ImageColumn),
            nameof(DatasetSource.LabelColumn), nameof(DatasetSource.MaskColumn), nameof(DatasetSource.Delimiter), nameof(DatasetSource.AllowPathsOutside),
        ],
        [DatasetFormat.Voc] = [nameof(DatasetSource.Split), nameof(DatasetSource.ClassName), nameof(DatasetSource.OneBased), nameof(DatasetSource.AllowPathsOutside)],
        [DatasetFormat.Coco] = [nameof(DatasetSource.Images), nameof(DatasetSource.AllowPathsOutside)],
        [DatasetFormat.Yolo] = [nameof(DatasetSource.Split), nameof(DatasetSource.AllowPathsOutside)],
        [DatasetFormat.Mask] =
        [
            nameof(DatasetSource.Split), nameof(DatasetSource.Images), nameof(DatasetSource.Masks), nameof(DatasetSource.MaskSuffix), nameof(DatasetSource.ClassName), nameof(DatasetSource.MaskValue),
            nameof(DatasetSource.IgnoreIndex), nameof(DatasetSource.Recurse),
        ],
    };

    /// <exception cref="ArgumentException">One was given that the format does not know.</exception>
    public static void Check(DatasetFormat format, DatasetSource source)
    {
        if (!known.TryGetValue(format, out var names))
            throw new ArgumentException($"The format must be one of {string.Join(", ", known.Keys)}; it is {format}.");
        string[] always = [nameof(DatasetSource.Path), nameof(DatasetSource.Format), nameof(DatasetSource.MaskClasses)];
        var foreign = typeof(DatasetSource).GetProperties().Where(p => p.GetValue(source) is not null).Select(p => p.Name).Except(always).Except(names).ToList();
        if (foreign.Count > 0)
            throw new ArgumentException($"The format {format} knows no {string.Join(", ", foreign.Select(f => $"-{f}"))}; leave it out, or name another format with -Format. It knows {string.Join(", ", names.Select(k => $"-{k}"))}.");
    }
}
