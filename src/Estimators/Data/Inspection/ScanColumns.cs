using Microsoft.ML;

namespace Fovea.Data;

/// <summary>The columns of a view that are inspected: those that are there.</summary>
internal sealed class ScanColumns
{
    private ScanColumns() { }

    public required DataViewSchema.Column Image { get; init; }

    public DataViewSchema.Column? Label { get; private init; }

    public DataViewSchema.Column? Mask { get; private init; }

    public MaskClasses? MaskClasses { get; private init; }

    /// <summary>The name of the mask class whose pixels are ignored, where it has one.</summary>
    public string? IgnoredClass => MaskClasses is { IgnoreIndex: { } raw } classes ? classes.Names.Where((_, k) => MaskLookup.RawValue(classes, k) == raw).FirstOrDefault() : null;

    public BoxColumns? Boxes { get; private init; }

    /// <summary>What to ask a cursor for.</summary>
    public IEnumerable<DataViewSchema.Column> All =>
        new[] { Image, Label, Mask, Boxes?.Boxes, Boxes?.Classes, StatedWidth, StatedHeight }.OfType<DataViewSchema.Column>();

    /// <summary>The column of the width that the annotation states; null where there is none.</summary>
    public DataViewSchema.Column? StatedWidth => Boxes?[BoxColumns.ImageWidth];

    /// <inheritdoc cref="StatedWidth"/>
    public DataViewSchema.Column? StatedHeight => Boxes?[BoxColumns.ImageHeight];

    /// <exception cref="ArgumentException">The image column is missing, another that was named is, or one is of another type.</exception>
    public static ScanColumns Find(DataViewSchema schema, string image, string label, string mask, string boxes, string boxLabels)
    {
        // A column with its usual name may be absent; one that was named must be there.
        bool Has(string name, string usual) => schema.GetColumnOrNull(name) is not null || name != usual;
        DataViewSchema.Column? maskColumn = Has(mask, "Mask") ? MaskColumn.Find(schema, mask) : null;
        return new ScanColumns
        {
            Image = ImageColumn.Find(schema, image),
            Label = Has(label, "Label") ? LabelColumn.Find(schema, label) : null,
            Mask = maskColumn,
            MaskClasses = maskColumn is { } m ? MaskColumn.Classes(m) : null,
            Boxes = Has(boxes, BoxColumns.BoundingBoxes) ? BoxColumns.Find(schema, boxes, boxLabels) : null,
        };
    }
}
