using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>
/// The rows of a view as a training run needs them: labels of all, pixels of each by its number. Paths are kept and their
/// files decoded when asked for; images and bytes that fit the memory budget are decoded once into the cache; those that do
/// not fit are read from the view again in each epoch (<see cref="IsStreamed"/>).
/// </summary>
internal sealed class ImageStore
{
    private readonly string[]? _paths;
    private readonly DataViewRowId[]? _ids;
    private readonly Lock _filling = new();
    private Dictionary<DataViewRowId, int>? _rowOfId;
    private bool _filled;

    private ImageStore(IDataView view, DataViewSchema.Column imageColumn, ImageInput input, IReadOnlyList<string> classNames, int[] labels, string[]? paths, DataViewRowId[]? ids, LoaderOptions options)
    {
        View = view;
        ImageColumn = imageColumn;
        Input = input;
        ClassNames = classNames;
        Labels = labels;
        _paths = paths;
        _ids = ids;
        Options = options;
        Cache = new PixelCache(labels.Length, input.SampleBytes, options.CacheBytesToUse());
        IsStreamed = paths is null && Cache.Capacity < labels.Length;
    }

    public IDataView View { get; }
    public DataViewSchema.Column ImageColumn { get; }
    public ImageInput Input { get; }
    public LoaderOptions Options { get; }
    public PixelCache Cache { get; }

    /// <summary>The names of classes 0 .. K-1; empty where the set has no labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The class of each row, -1 where the set has no labels.</summary>
    public int[] Labels { get; }

    /// <summary>Rows cannot be had by number: they come from the view's cursor in each epoch.</summary>
    public bool IsStreamed { get; }

    /// <summary>Reads labels and paths of every row; no image is decoded.</summary>
    /// <param name="view">The data.</param>
    /// <param name="imageColumn">A column that <see cref="Data.ImageColumn"/> accepts.</param>
    /// <param name="labelColumn">A key or text column; null for a set without labels.</param>
    /// <param name="input">What the network wants.</param>
    /// <param name="options">Threads and memory.</param>
    /// <param name="classNames">The classes to find labels among; null to take the column's own.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">There are no rows, or one without a label or a path.</exception>
    public static ImageStore Open(IDataView view, string imageColumn, string? labelColumn, ImageInput input, LoaderOptions options, IReadOnlyList<string>? classNames, CancellationToken cancellation)
    {
        var problems = input.Problems().Concat(options.Problems()).ToList();
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(" ", problems));
        var image = Data.ImageColumn.Find(view.Schema, imageColumn);
        DataViewSchema.Column? label = labelColumn is null ? null : LabelColumn.Find(view.Schema, labelColumn);
        var hasPaths = image.Type is TextDataViewType;

        var columns = new List<DataViewSchema.Column>();
        if (label is { } l)
            columns.Add(l);
        if (hasPaths)
            columns.Add(image);
        var labels = new List<int>();
        var paths = hasPaths ? new List<string>() : null;
        var ids = hasPaths ? null : new List<DataViewRowId>();
        (string[] Names, int[] Places)? collected = null;
        using (var cursor = view.GetRowCursor(columns))
        {
            var labelReader = label is { } column ? new LabelReader(cursor, column, classNames) : null;
            var pathReader = hasPaths ? RawImageReader.Create(cursor, image) : null;
            var idGetter = hasPaths ? null : cursor.GetIdGetter();
            var raw = new RawImage();
            DataViewRowId id = default;
            while (cursor.MoveNext())
            {
                cancellation.ThrowIfCancellationRequested();
                labels.Add(labelReader?.Read() ?? -1);
                if (pathReader is not null)
                {
                    pathReader.Read(raw);
                    paths!.Add(raw.Path!);
                }
                else
                {
                    idGetter!(ref id);
                    ids!.Add(id);
                }
            }
            collected = labelReader?.Collected();
        }
        if (labels.Count == 0)
            throw new InvalidDataException("The data has no rows. Check the path or the filter it comes from.");
        var labelOfRow = labels.ToArray();
        if (collected is { } c)
            for (var i = 0; i < labelOfRow.Length; i++)
                labelOfRow[i] = c.Places[labelOfRow[i]];
        var names = classNames ?? collected?.Names ?? (label is { } key ? LabelColumn.ClassNames(key) : null) ?? [];
        return new ImageStore(view, image, input, names, labelOfRow, paths?.ToArray(), ids?.ToArray(), options);
    }

    /// <summary>Writes the pixels of a row (H, W, C) from the cache, its file, or <paramref name="raw"/> where the row was streamed.</summary>
    public void Read(int row, RawImage raw, bool isStreamed, ImagePreprocessor preprocessor, Span<byte> pixels)
    {
        if (isStreamed)
        {
            preprocessor.Process(raw, pixels);
            return;
        }
        if (Cache.TryGet(row, out var cached))
        {
            cached.CopyTo(pixels);
            return;
        }
        raw.Kind = RawImageKind.File;
        raw.Path = _paths![row];
        raw.Row = row;
        preprocessor.Process(raw, pixels);
        Cache.Add(row, pixels);
    }

    /// <summary>Decodes what only the view's cursor can give into the cache, on all threads, once.</summary>
    public void Fill(CancellationToken cancellation)
    {
        lock (_filling)
        {
            if (_filled || _paths is not null || IsStreamed)
                return;
            CacheFill.Run(this, cancellation);
            _filled = true;
        }
    }

    /// <summary>The number of a row that a cursor in another order stands at.</summary>
    public int RowOf(DataViewRowId id)
    {
        if (_rowOfId is null)
        {
            var rows = new Dictionary<DataViewRowId, int>(_ids!.Length);
            for (var i = 0; i < _ids.Length; i++)
                rows[_ids[i]] = i;
            _rowOfId = rows;
        }
        return _rowOfId.TryGetValue(id, out var row) ? row : throw new InvalidDataException("The view gave a row in this epoch that it did not give before. A view must give the same rows each time.");
    }
}
