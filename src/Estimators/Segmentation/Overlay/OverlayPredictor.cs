using System.Globalization;
using Fovea.Data;
using Fovea.Reporting;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Segmentation;

/// <summary>Draws the masks of one column, whose classes are known.</summary>
internal sealed class OverlayPredictor : IImagePredictor<Canvas>
{
    private readonly OverlayOptions _options;
    private readonly OverlayPainter _painter;
    private readonly MaskClasses _classes;
    private readonly DataViewSchema.Column _mask;

    /// <exception cref="ArgumentException">A class has no color, or one is to be clear that does not exist.</exception>
    public OverlayPredictor(OverlayOptions options, DataViewSchema.Column mask)
    {
        (_options, _mask) = (options, mask);
        _classes = MaskColumn.Classes(mask) ?? Unnamed(options.Colors);
        _painter = new OverlayPainter(options, _classes.Names);
        Outputs = [new(Column(options), current => (ValueGetter<MLImage>)((ref MLImage value) =>
        {
            // As ML.NET's own image columns: who asks for the next image has done with the last.
            value?.Dispose();
            value = current().ToImage();
        }))];
    }

    public string ImageColumn => _options.ImageColumn;

    public DataViewSchema.Column? Companion(DataViewSchema input) => _mask;

    public int BatchSize => 1;

    public IReadOnlyList<PredictionColumn<Canvas>> Outputs { get; }

    public static DataViewSchema.DetachedColumn Column(OverlayOptions options) => new(options.OutputColumn, new ImageDataViewType());

    public IPredictionSession<Canvas> Open(int capacity) => new Session(_painter, _classes);

    /// <summary>A mask that says nothing of its classes has as many as there are colors, and 255 is taken for no class, as everywhere.</summary>
    private static MaskClasses Unnamed(ColorMap? colors)
    {
        var count = Math.Min(colors?.Count ?? MaskClasses.Most, MaskClasses.Most);
        var named = colors?.ClassNames ?? [];
        return new MaskClasses([.. Enumerable.Range(0, count).Select(k => k < named.Count ? named[k] : k.ToString(CultureInfo.InvariantCulture))]) { IgnoreIndex = Sample.Ignored };
    }

    private sealed class Session(OverlayPainter painter, MaskClasses classes) : IPredictionSession<Canvas>
    {
        private readonly WholeImage _images = new();
        private readonly IndexMaskReader _masks = new();
        private readonly IndexMask _mask = new();
        private readonly MaskTable _table = new(classes, classNames: null);

        public Canvas[] Predict(ReadOnlySpan<RawImage> images)
        {
            var (image, mask) = (images[0], images[1]);
            var pixels = _images.Read(image);
            _masks.Read(mask, _mask);
            _mask.RequireSize(mask.Name, _images.Width, _images.Height);
            _table.ToClasses(_mask, mask.Name);
            return [painter.Paint(new Canvas(_images.Width, _images.Height, 3, pixels), _mask.Values)];
        }

        public void Dispose() { }
    }
}
