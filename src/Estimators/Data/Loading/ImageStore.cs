using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>
/// The rows of a view as a training run needs them: labels and boxes of all, pixels and mask of each by its number. Paths are kept
/// and their files decoded when asked for; images and bytes that fit the memory budget are decoded once into the cache; those that
/// do not fit are read from the view again in each epoch (<see cref="IsStreamed"/>).
/// </summary>
internal sealed class ImageStore : IDisposable
{
    private readonly SampleLayout _layout;
    private readonly Lock _filling = new();
    private Dictionary<DataViewRowId, int>? _rowOfId;
    private bool _filled;

    private ImageStore(IDataView view, RowIndex rows, ImageInput input, LoaderOptions options)
    {
        View = view;
        Rows = rows;
        Input = input;
        Options = options;
        _layout = SampleLayout.Of(input, HasMasks);
        Cache = new SampleCache(rows.Count, _layout, options.CacheBytesToUse());
        if (options.DiskCache is not null && (Cache.Capacity < rows.Count || options.KeepDiskCache))
            Disk = DiskCache.Open(options, rows, input, _layout);
        IsStreamed = !rows.IsOfFiles && Cache.Capacity < rows.Count && !(Disk?.Capacity == rows.Count);
    }

    public IDataView View { get; }
    public RowIndex Rows { get; }
    public ImageInput Input { get; }
    public LoaderOptions Options { get; }
    public SampleCache Cache { get; }

    /// <summary>The samples beyond the memory budget; null where none was asked for or needed.</summary>
    public DiskCache? Disk { get; }

    /// <summary>Bytes of a decoded sample.</summary>
    public int RecordBytes => _layout.RecordBytes;

    /// <summary>What could not be read and was left out.</summary>
    public SkippedRows Skipped { get; } = new();

    /// <inheritdoc cref="RowIndex.ClassNames"/>
    public IReadOnlyList<string> ClassNames => Rows.ClassNames;

    /// <inheritdoc cref="RowIndex.Labels"/>
    public int[] Labels => Rows.Labels;

    public bool HasMasks => Rows.Mask is not null;

    /// <summary>Rows cannot be had by number: they come from the view's cursor in each epoch.</summary>
    public bool IsStreamed { get; }

    /// <summary>Reads labels, boxes and paths of every row; no image is decoded.</summary>
    /// <param name="view">The data.</param>
    /// <param name="columns">What to read.</param>
    /// <param name="input">What the network wants.</param>
    /// <param name="options">Threads and memory.</param>
    /// <param name="classNames">The classes to find labels among; null to take the column's own.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">There are no rows, or one without a label or a path.</exception>
    public static ImageStore Open(IDataView view, ImageSetColumns columns, ImageInput input, LoaderOptions options, IReadOnlyList<string>? classNames, CancellationToken cancellation)
    {
        var problems = input.Problems().Concat(options.Problems()).Concat(columns.Problems()).ToList();
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(" ", problems));
        return new ImageStore(view, RowIndex.Read(view, columns, classNames, cancellation), input, options);
    }

    /// <summary>Writes pixels and mask of a row, from the cache, its files, or <paramref name="streamed"/>.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="streamed">What the cursor gave; null where rows are had by number.</param>
    /// <param name="reader">The thread's.</param>
    /// <param name="pixels">(H, W, C), uint8.</param>
    /// <param name="mask">(H, W), uint8, class index or <see cref="Sample.Ignored"/>; empty without masks.</param>
    /// <returns>How the image was laid; null where it cannot be read and is left out.</returns>
    public ImagePlacement? Read(int row, StreamedRow? streamed, SampleReader reader, Span<byte> pixels, Span<byte> mask)
    {
        if (Skipped.Contains(row))
            return null;
        if (streamed is not null)
            return reader.Read(row, streamed, pixels, mask);
        if (Cache.TryGet(row, out var record))
            return _layout.Read(record, Input, pixels, mask);
        if (Disk is not null && Disk.TryRead(row, reader.Record))
        {
            var kept = _layout.Read(reader.Record, Input, pixels, mask);
            Cache.Add(row, kept, pixels, mask);
            return kept;
        }
        if (!Rows.IsOfFiles)
            throw new InvalidDataException($"Row {row} is no longer as it was written to the disk cache. The disk or its folder is not to be relied on: give another ({nameof(LoaderOptions.DiskCache)}).");
        var placement = reader.Read(row, reader.FileOf(row), pixels, mask);
        if (placement is { } p)
            Keep(row, p, reader, pixels, mask);
        return placement;
    }

    /// <summary>Writes a part of a row that <paramref name="choose"/> wants, from its files; nothing is kept.</summary>
    public ImagePlacement? ReadPart(int row, StreamedRow? streamed, SampleReader reader, Span<byte> pixels, Span<byte> mask, Func<int, int, ImagePlacement> choose) =>
        Skipped.Contains(row) ? null : reader.Read(row, streamed ?? reader.FileOf(row), pixels, mask, choose);

    /// <summary>Puts a decoded sample into the caches.</summary>
    public void Keep(int row, ImagePlacement placement, SampleReader reader, ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> mask)
    {
        var isInMemory = Cache.Add(row, placement, pixels, mask);
        if (Disk is null || isInMemory && !Options.KeepDiskCache)
            return;
        _layout.Write(placement, pixels, mask, reader.Record);
        Disk.Add(row, reader.Record);
    }

    /// <summary>Decodes what only the view's cursor can give into the cache, on all threads, once.</summary>
    public void Fill(CancellationToken cancellation)
    {
        lock (_filling)
        {
            if (_filled || Rows.IsOfFiles || IsStreamed)
                return;
            CacheFill.Run(this, cancellation);
            _filled = true;
        }
    }

    /// <summary>Removes the disk cache, where it is not to be kept.</summary>
    public void Dispose() => Disk?.Dispose();

    /// <summary>The number of a row that a cursor in another order stands at.</summary>
    public int RowOf(DataViewRowId id)
    {
        if (_rowOfId is null)
        {
            var rows = new Dictionary<DataViewRowId, int>(Rows.Count);
            for (var i = 0; i < Rows.Count; i++)
                rows[Rows.Ids![i]] = i;
            _rowOfId = rows;
        }
        return _rowOfId.TryGetValue(id, out var row) ? row : throw new InvalidDataException("The view gave a row in this epoch that it did not give before. A view must give the same rows each time.");
    }
}
