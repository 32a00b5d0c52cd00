using System.Globalization;
using Fovea.Reporting;

namespace Fovea.Data;

/// <summary>Makes tiles of rows. For one thread.</summary>
internal sealed class TileMaker
{
    private readonly ScanReader _reader;
    private readonly SampleRows _rows;
    private readonly string _split;
    private readonly ContactSheetOptions _options;
    private readonly WholeImage _images = new();
    private readonly IndexMaskReader _masks = new();
    private readonly IndexMask _mask = new();
    private readonly MaskLookup? _lookup;
    private readonly bool[] _maskValues = new bool[256];
    private readonly Color?[] _maskColors;

    public TileMaker(ScanReader reader, SampleRows rows, string split, ContactSheetOptions options)
    {
        (_reader, _rows, _split, _options) = (reader, rows, split, options);
        _lookup = reader.Columns.MaskClasses is { } classes ? new MaskLookup(classes) : null;
        // Class 0 is the background and stays as the image is; ignored pixels too.
        _maskColors = [.. Enumerable.Range(0, _lookup?.Count ?? 255).Select(k => k == 0 && _lookup?.Count != 1 ? (Color?)null : ColorMap.Voc.Of(k))];
    }

    /// <summary>The tile of a row.</summary>
    public SheetTile Make(ScanRow row)
    {
        var label = _rows.Labels.GetValueOrDefault(row.Facts.Row, -1);
        string[] caption = [.. Describe(row, label), Place(row)];
        Color? marker = _reader.Columns.Label is null ? null : ClassColors.Of(label);
        Canvas picture;
        double scale;
        try
        {
            if (row.ImageError is { } error)
                throw new InvalidDataException(error);
            var pixels = _images.Read(row.Image);
            // Large images at once become as small as they are shown, so that a sheet does not hold them all.
            picture = new Canvas(_images.Width, _images.Height, 3, pixels).Shrunk(_options.TileSize);
            scale = (double)picture.Width / _images.Width;
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            return new SheetTile { Picture = Missing(), Caption = caption, Marker = marker };
        }
        var boxes = row.Objects.Select(o => new TileBox((float)(o.Box.X0 * scale), (float)(o.Box.Y0 * scale), (float)(o.Box.X1 * scale), (float)(o.Box.Y1 * scale),
            ClassName(o.Box.Label), ClassColors.Of(o.Box.Label)) { Class = o.Box.Label });
        return new SheetTile { Picture = picture, Caption = caption, Marker = marker, Boxes = [.. boxes], Mask = ReadMask(row, picture) };
    }

    /// <summary>What the colors mean: classes of boxes, and of masks those that were shown.</summary>
    public IEnumerable<(string Name, Color Color)> Legend()
    {
        for (var k = 0; k < _reader.ObjectClasses.Count; k++)
            yield return (_reader.ObjectClasses[k], ClassColors.Of(k));
        for (var k = 0; k < _maskColors.Length; k++)
        {
            var name = _reader.Columns.MaskClasses?.Names[k] ?? k.ToString(CultureInfo.InvariantCulture);
            if (_maskValues[k])
                yield return _maskColors[k] is { } color ? (name, color) : ($"{name} (not colored)", Color.White);
        }
    }

    private IEnumerable<string> Describe(ScanRow row, int label)
    {
        if (_reader.Columns.Label is not null)
            yield return label < 0 ? "no label" : _rows.ClassNames[label];
        if (_reader.Columns.Boxes is not null)
            yield return row.Objects.Count == 1 ? "1 object" : $"{row.Objects.Count} objects";
    }

    private string Place(ScanRow row)
    {
        var place = row.Facts.File is { } file ? Path.GetFileName(file) : $"row {row.Facts.Row}";
        return _split.Length == 0 ? place : $"{_split}: {place}";
    }

    private string? ClassName(int label) => label >= 0 && label < _reader.ObjectClasses.Count ? _reader.ObjectClasses[label] : null;

    private TileMask? ReadMask(ScanRow row, Canvas picture)
    {
        if (_reader.Columns.Mask is null || row.MaskError is not null || _options.MaskOpacity == 0)
            return null;
        try
        {
            _masks.Read(row.Mask, _mask);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            return null; // the inspection reports it; here the image stays without
        }
        _lookup?.Apply(_mask.Values);
        var classes = _mask.Nearest(picture.Width, picture.Height);
        foreach (var k in classes)
            _maskValues[k] = true;
        return new TileMask(classes, picture.Width, picture.Height, _maskColors, _options.MaskOpacity);
    }

    private Canvas Missing()
    {
        var canvas = new Canvas(_options.TileSize, _options.TileSize * 3 / 4);
        canvas.Fill(0, 0, canvas.Width, canvas.Height, new Color(232, 234, 237));
        var text = Lettering.Normal.Fit("cannot be read", canvas.Width);
        Lettering.Normal.Draw(canvas, (canvas.Width - Lettering.Normal.Measure(text)) / 2, (canvas.Height - Lettering.Normal.LineHeight) / 2, text, Color.Faded);
        return canvas;
    }
}
