using Fovea.Data;
using Fovea.Reporting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Detection.Drawing;

/// <summary>Draws on the image of the row a cursor stands at. Belongs to one cursor and its thread.</summary>
internal sealed class DrawnBoxReader
{
    private readonly DataViewRow _row;
    private readonly BoxDrawingOptions _options;
    private readonly RawImageReader _image;
    private readonly RawImage _raw = new();
    private readonly WholeImage _whole = new();
    private readonly Func<ReadOnlyMemory<float>> _corners;
    private readonly Func<ReadOnlyMemory<float>>? _scores;
    private readonly BoxLabelReader _labels;

    public DrawnBoxReader(DataViewRow row, DrawnBoxColumns columns, BoxDrawingOptions options)
    {
        (_row, _options) = (row, options);
        _image = RawImageReader.Create(row, columns.Image);
        _corners = BoxReader.Values<float>(row, columns.Boxes.Boxes);
        _labels = new BoxLabelReader(row, columns.Boxes, classNames: null, isLenient: true);
        _scores = columns.Score is { } score ? BoxReader.Values<float>(row, score) : null;
    }

    /// <exception cref="InvalidDataException">The image cannot be read, or counts disagree.</exception>
    public MLImage Draw()
    {
        _image.Read(_raw);
        var pixels = _whole.Read(_raw);
        var canvas = new Canvas(_whole.Width, _whole.Height, 3, pixels);
        TilePainter.Draw(canvas, new SheetTile { Picture = canvas, Boxes = Boxes() }, 0, 0, canvas.Width, canvas.Height);
        return canvas.ToImage();
    }

    private List<TileBox> Boxes()
    {
        var corners = _corners().Span;
        var labels = _labels.Read().Span;
        var scores = _scores is null ? default : _scores().Span;
        if (corners.Length != 4L * labels.Length || _scores is not null && scores.Length != labels.Length)
            throw new InvalidDataException($"Row {_row.Position} has {labels.Length} labels in column '{_options.LabelColumn}', {corners.Length} numbers in column '{_options.BoundingBoxColumn}'{(_scores is null ? "" : $" and {scores.Length} scores in column '{_options.ScoreColumn}'")}; each box has one label, four numbers (x0, y0, x1, y1) and, where there are scores, one of them.");
        var boxes = new List<TileBox>(labels.Length);
        for (var i = 0; i < labels.Length; i++)
        {
            // NaN is below everything.
            if (_scores is not null && !(scores[i] >= _options.MinimumScore))
                continue;
            var name = labels[i] >= 0 ? _labels.ClassNames[labels[i]] : null;
            boxes.Add(new TileBox(corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3], name, ClassColors.Of(labels[i]), _scores is null ? null : scores[i]) { Class = labels[i] });
        }
        return boxes;
    }
}
