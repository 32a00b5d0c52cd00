using Microsoft.ML;

namespace Fovea.Data;

/// <summary>Labelled images, or a part of them, that batches can be made of. Parts share what is decoded.</summary>
internal sealed class ImageSet : IDisposable
{
    private ImageSet(ImageStore store, int[] rows)
    {
        Store = store;
        Rows = rows;
    }

    internal ImageStore Store { get; }

    /// <summary>The rows of the view that belong to this set, ascending.</summary>
    public int[] Rows { get; }

    public int Count => Rows.Length;

    public ImageInput Input => Store.Input;

    /// <summary>The names of classes 0 .. K-1; empty where the set has no labels.</summary>
    public IReadOnlyList<string> ClassNames => Store.ClassNames;

    /// <summary>Whether batches have masks.</summary>
    public bool HasMasks => Store.HasMasks;

    /// <summary>Whether batches have boxes.</summary>
    public bool HasBoxes => Store.Rows.HasBoxes;

    /// <summary>Images with labels, or alone.</summary>
    /// <inheritdoc cref="ImageStore.Open"/>
    public static ImageSet Open(IDataView view, string imageColumn, string? labelColumn, ImageInput input, LoaderOptions? options = null, IReadOnlyList<string>? classNames = null, CancellationToken cancellation = default) =>
        Open(view, new ImageSetColumns(imageColumn) { Label = labelColumn }, input, options, classNames, cancellation);

    /// <inheritdoc cref="ImageStore.Open"/>
    public static ImageSet Open(IDataView view, ImageSetColumns columns, ImageInput input, LoaderOptions? options = null, IReadOnlyList<string>? classNames = null, CancellationToken cancellation = default)
    {
        var store = ImageStore.Open(view, columns, input, options ?? new LoaderOptions(), classNames, cancellation);
        return new ImageSet(store, [.. Enumerable.Range(0, store.Rows.Count)]);
    }

    /// <summary>Removes what the set and its parts keep on disk, if anything; they share it, so this is for who opened it.</summary>
    public void Dispose() => Store.Dispose();

    /// <summary>Rows of each class.</summary>
    public long[] CountByClass()
    {
        var counts = new long[ClassNames.Count];
        foreach (var row in Rows)
            counts[Store.Labels[row]]++;
        return counts;
    }

    /// <summary>Counts of each class, (K,), by its name.</summary>
    public IReadOnlyDictionary<string, long> ByName(IReadOnlyList<long> counts) => ClassNames.Zip(counts).DistinctBy(c => c.First).ToDictionary();

    /// <exception cref="InvalidDataException">Fewer than two classes have rows: there is nothing to tell apart.</exception>
    public void RequireTwoClasses()
    {
        var counts = CountByClass();
        var present = counts.Count(n => n > 0);
        if (present >= 2)
            return;
        var only = Array.FindIndex(counts, n => n > 0);
        throw new InvalidDataException(only < 0
            ? "The data has no labelled rows; a classifier needs at least two classes."
            : $"All {Count} rows have the label '{ClassNames[only]}'; a classifier needs at least two classes. Add rows of another class.");
    }

    /// <summary>
    /// Two parts, each with the classes in the same proportions: of each class's rows a random <paramref name="fraction"/>
    /// goes to validation, but at least one stays for training.
    /// </summary>
    /// <param name="fraction">Above 0 and below 1.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <exception cref="InvalidDataException">So few rows that one part would be empty.</exception>
    public (ImageSet Train, ImageSet Validation) Split(double fraction, int seed)
    {
        if (!(fraction > 0 && fraction < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The validation fraction must lie between 0 and 1.");
        var (train, validation) = StratifiedRows.Split(Rows, Store.Labels, fraction, seed);
        if (validation.Length == 0)
            throw new InvalidDataException($"A validation fraction of {fraction} of {Count} rows is no row. Give more data, a larger fraction or a validation set.");
        return (new ImageSet(Store, train), new ImageSet(Store, validation));
    }

    /// <summary>What is kept where, for the log.</summary>
    public override string ToString()
    {
        var megabytes = (long)Store.Rows.Count * Input.SampleBytes / 1e6;
        var kept = Store.IsStreamed ? "read again in each epoch" : Store.Disk is { } disk ? $"{Store.Cache.Capacity} kept decoded in memory, {disk.Capacity} on disk" : Store.Cache.Capacity < Store.Rows.Count ? $"the first {Store.Cache.Capacity} kept decoded" : "kept decoded";
        return FormattableString.Invariant($"{Count} images of {Input.Channels}x{Input.Height}x{Input.Width}, {ClassNames.Count} classes; {megabytes:0.#} MB, {kept}");
    }
}
