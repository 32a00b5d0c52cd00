using Microsoft.ML;

namespace Fovea.Data;

/// <summary>
/// Takes the rows of a view, one after the other, for the threads that look at them; what needs no decoding (labels, boxes) is
/// counted here. For one thread at a time.
/// </summary>
internal sealed class ScanReader : IDisposable
{
    private readonly int _split;
    private readonly DataViewRowCursor _cursor;
    private readonly RawImageReader _images;
    private readonly RawImageReader? _masks;
    private readonly LabelReader? _labels;
    private readonly BoxReader? _boxes;
    private readonly ValueGetter<int>? _width;
    private readonly ValueGetter<int>? _height;

    public ScanReader(IDataView view, ScanColumns columns, int split)
    {
        (Columns, _split) = (columns, split);
        _cursor = view.GetRowCursor(columns.All);
        _images = RawImageReader.Create(_cursor, columns.Image);
        _masks = columns.Mask is { } mask ? RawImageReader.Create(_cursor, mask) : null;
        _labels = columns.Label is { } label ? new LabelReader(_cursor, label, null) : null;
        _boxes = columns.Boxes is { } boxes ? new BoxReader(_cursor, boxes, isLenient: true) : null;
        _width = columns.StatedWidth is { } width ? _cursor.GetGetter<int>(width) : null;
        _height = columns.StatedHeight is { } height ? _cursor.GetGetter<int>(height) : null;
    }

    public ScanColumns Columns { get; }

    public ClassTally Labels { get; } = new();

    public ClassTally Objects { get; } = new();

    /// <summary>What the objects' labels mean.</summary>
    public IReadOnlyList<string> ObjectClasses => _boxes?.ClassNames ?? [];

    /// <summary>For a label column of text, what has been read: names in ordinal order, and the place among them of each number that <see cref="RowFacts.Label"/> can have.</summary>
    public (string[] Names, int[] Places)? CollectedLabels() => _labels?.Collected();

    /// <summary>The row the cursor stands at.</summary>
    public long Position => _cursor.Position;

    /// <returns>False at the end.</returns>
    public bool MoveNext() => _cursor.MoveNext();

    /// <summary>Reads the row the cursor stands at.</summary>
    public void Read(ScanRow row)
    {
        row.Findings.Clear();
        row.Facts = new RowFacts { Split = _split, Row = _cursor.Position };
        row.ImageError = Try(() => _images.Read(row.Image));
        row.Facts.File = row.Image.Path;
        row.MaskError = _masks is null ? null : Try(() => _masks.Read(row.Mask));
        ReadLabel(row);
        ReadObjects(row);
        int width = 0, height = 0;
        _width?.Invoke(ref width);
        _height?.Invoke(ref height);
        row.StatedSize = (width, height);
    }

    public void Dispose() => _cursor.Dispose();

    private void ReadLabel(ScanRow row)
    {
        if (_labels is null)
            return;
        try
        {
            row.Facts.Label = _labels.Read();
        }
        catch (InvalidDataException e)
        {
            row.Findings.Add(new(FindingKind.MissingLabel, FindingSeverity.Error, e.Message));
        }
        Labels.Add(row.Facts.Label, row.Facts.Row);
    }

    private void ReadObjects(ScanRow row)
    {
        row.Objects.Clear();
        if (_boxes is null)
            return;
        try
        {
            _boxes.Read(row.Objects);
        }
        catch (InvalidDataException e)
        {
            row.Objects.Clear();
            row.Findings.Add(new(FindingKind.BrokenObjects, FindingSeverity.Error, e.Message));
        }
        for (var i = 0; i < row.Objects.Count; i++)
        {
            var label = row.Objects[i].Box.Label;
            Objects.Add(label, row.Facts.Row);
            if (label < 0)
                row.Findings.Add(new(FindingKind.MissingLabel, FindingSeverity.Error, $"Object {i}, {Boxes.Text(row.Objects[i].Box)}, has no label. Label it or remove it.") { Object = i });
        }
    }

    /// <summary>An image that another transform makes (LoadImages) fails with whatever that throws.</summary>
    private static string? Try(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            return e.Message;
        }
    }
}
