using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>What is kept in memory of every row of a view: labels, boxes and paths. No image is decoded for it.</summary>
internal sealed class RowIndex
{
    private SampleBox[] _boxes = [];
    private int[] _lastBox = [];

    private RowIndex(DataViewSchema.Column image, DataViewSchema.Column? mask) => (Image, Mask) = (image, mask);

    /// <summary>The column of images.</summary>
    public DataViewSchema.Column Image { get; }

    /// <summary>The column of masks.</summary>
    public DataViewSchema.Column? Mask { get; }

    /// <summary>The class of each row, -1 where the set has no labels.</summary>
    public int[] Labels { get; private set; } = [];

    public int Count => Labels.Length;

    /// <summary>The names of classes 0 .. K-1; empty where the set has neither labels nor masks nor boxes.</summary>
    public IReadOnlyList<string> ClassNames { get; private set; } = [];

    /// <summary>What the masks' pixels mean; null without masks.</summary>
    public MaskTable? MaskClasses { get; private set; }

    /// <summary>Whether rows have boxes, if only none.</summary>
    public bool HasBoxes { get; private set; }

    /// <summary>The file of each row's image; null where the column holds bytes or pixels.</summary>
    public string[]? Paths { get; private set; }

    /// <summary>The file of each row's mask; null where there is none or the column holds bytes or pixels.</summary>
    public string[]? MaskPaths { get; private set; }

    /// <summary>The view's name for each row; null where every image and mask has a path.</summary>
    public DataViewRowId[]? Ids { get; private set; }

    /// <summary>All that a row's sample is made of can be had by its number.</summary>
    public bool IsOfFiles => Ids is null;

    /// <summary>The objects of a row, and behind them its proposals, in pixels of the upright original.</summary>
    public ReadOnlySpan<SampleBox> Boxes(int row)
    {
        if (!HasBoxes)
            return [];
        var first = row == 0 ? 0 : _lastBox[row - 1];
        return _boxes.AsSpan(first, _lastBox[row] - first);
    }

    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">There are no rows, or one without a label or a path, or with a box that is none.</exception>
    public static RowIndex Read(IDataView view, ImageSetColumns names, IReadOnlyList<string>? classNames, CancellationToken cancellation)
    {
        var image = ImageColumn.Find(view.Schema, names.Image);
        DataViewSchema.Column? label = names.Label is null ? null : LabelColumn.Find(view.Schema, names.Label);
        DataViewSchema.Column? mask = names.Mask is null ? null : MaskColumn.Find(view.Schema, names.Mask);
        var boxes = names.Boxes is null ? null : BoxColumns.Find(view.Schema, names.Boxes, names.BoxLabels);
        DataViewSchema.Column? proposals = names.Proposals is null ? null : ProposalReader.Find(view.Schema, names.Proposals);
        var index = new RowIndex(image, mask) { HasBoxes = boxes is not null };
        if (mask is { } m)
        {
            index.MaskClasses = new MaskTable(MaskColumn.RequireClasses(m), classNames);
            index.ClassNames = classNames ?? index.MaskClasses.Names;
        }
        index.ReadRows(view, label, boxes, proposals, classNames, cancellation);
        return index;
    }

    private void ReadRows(IDataView view, DataViewSchema.Column? label, BoxColumns? boxes, DataViewSchema.Column? proposals, IReadOnlyList<string>? classNames, CancellationToken cancellation)
    {
        var (imageIsPath, maskIsPath) = (Image.Type is TextDataViewType, Mask?.Type is TextDataViewType);
        var byNumber = imageIsPath && (Mask is null || maskIsPath);
        var columns = new List<DataViewSchema.Column>();
        if (label is { } l)
            columns.Add(l);
        if (imageIsPath)
            columns.Add(Image);
        if (maskIsPath)
            columns.Add(Mask!.Value);
        if (boxes is not null)
        {
            columns.AddRange([boxes.Boxes, boxes.Classes]);
            if (boxes[BoxColumns.IsCrowd] is { } crowd)
                columns.Add(crowd);
        }
        if (proposals is { } proposed)
            columns.Add(proposed);
        var labels = new List<int>();
        var paths = imageIsPath ? new List<string>() : null;
        var maskPaths = maskIsPath ? new List<string>() : null;
        var ids = byNumber ? null : new List<DataViewRowId>();
        var allBoxes = new List<SampleBox>();
        var lastBox = new List<int>();

        using var cursor = view.GetRowCursor(columns);
        var labelReader = label is { } column ? new LabelReader(cursor, column, classNames) : null;
        var pathReader = imageIsPath ? RawImageReader.Create(cursor, Image) : null;
        var maskPathReader = maskIsPath ? RawImageReader.Create(cursor, Mask!.Value) : null;
        var boxReader = boxes is null ? null : new BoxReader(cursor, boxes, classNames);
        var proposalReader = proposals is { } p ? new ProposalReader(cursor, p) : null;
        var idGetter = byNumber ? null : cursor.GetIdGetter();
        var raw = new RawImage();
        var objects = new List<AnnotatedObject>();
        DataViewRowId id = default;
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            labels.Add(labelReader?.Read() ?? -1);
            Add(paths, pathReader);
            Add(maskPaths, maskPathReader);
            if (boxReader is not null)
            {
                boxReader.Read(objects);
                allBoxes.AddRange(objects.Select(o => o.Box));
                allBoxes.AddRange(proposalReader?.Read() ?? []);
                lastBox.Add(allBoxes.Count);
            }
            if (idGetter is not null)
            {
                idGetter(ref id);
                ids!.Add(id);
            }
        }
        if (labels.Count == 0)
            throw new InvalidDataException("The data has no rows. Check the path or the filter it comes from.");
        Labels = [.. labels];
        (Paths, MaskPaths, Ids) = (paths?.ToArray(), maskPaths?.ToArray(), ids?.ToArray());
        (_boxes, _lastBox) = ([.. allBoxes], [.. lastBox]);
        if (labelReader?.Collected() is { } collected)
        {
            for (var i = 0; i < Labels.Length; i++)
                Labels[i] = collected.Places[Labels[i]];
            ClassNames = collected.Names;
        }
        else if (label is { } key)
            ClassNames = classNames ?? LabelColumn.ClassNames(key) ?? [];
        if (boxReader is not null)
            ClassNames = classNames ?? [.. boxReader.ClassNames];

        void Add(List<string>? list, RawImageReader? reader)
        {
            if (reader is null)
                return;
            reader.Read(raw);
            list!.Add(raw.Path!);
        }
    }
}
