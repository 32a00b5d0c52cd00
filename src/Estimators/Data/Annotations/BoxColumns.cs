using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>
/// The columns of a view that describe objects: which there are, checked. <c>BoundingBoxes</c> is a vector of float (x0, y0, x1,
/// y1 of each object in pixels of the upright image, half-open), <c>Labels</c> a vector of key or text, one for each object,
/// as ML.NET's own detector takes them; the others are there or not.
/// </summary>
internal sealed class BoxColumns
{
    public const string Image = "Image";
    public const string ImageWidth = "ImageWidth";
    public const string ImageHeight = "ImageHeight";
    public const string ImageId = "ImageId";
    public const string BoundingBoxes = "BoundingBoxes";
    public const string Labels = "Labels";
    public const string IsCrowd = "IsCrowd";
    public const string IsDifficult = "IsDifficult";
    public const string IsTruncated = "IsTruncated";
    public const string Poses = "Poses";
    public const string Areas = "Areas";
    public const string Segmentations = "Segmentations";
    public const string AnnotationIds = "AnnotationIds";

    /// <summary>Annotations of the labels beside <c>KeyValues</c>: COCO's number (int64) and group (text) of each class.</summary>
    public const string CategoryIds = "CategoryIds";

    /// <inheritdoc cref="CategoryIds"/>
    public const string Supercategories = "Supercategories";

    private static readonly (string Name, DataViewType Item)[] PerObject =
    [
        (IsCrowd, BooleanDataViewType.Instance), (IsDifficult, BooleanDataViewType.Instance), (IsTruncated, BooleanDataViewType.Instance),
        (Poses, TextDataViewType.Instance), (Areas, NumberDataViewType.Single), (Segmentations, TextDataViewType.Instance), (AnnotationIds, NumberDataViewType.Int64),
    ];

    private static readonly (string Name, DataViewType Type)[] PerImage =
        [(ImageWidth, NumberDataViewType.Int32), (ImageHeight, NumberDataViewType.Int32), (ImageId, NumberDataViewType.Int64)];

    private readonly Dictionary<string, DataViewSchema.Column> _optional;

    private BoxColumns(DataViewSchema.Column boxes, DataViewSchema.Column labels, Dictionary<string, DataViewSchema.Column> optional)
    {
        Boxes = boxes;
        Classes = labels;
        _optional = optional;
        ClassNames = ItemType(labels) is KeyDataViewType ? LabelColumn.ClassNames(labels, (KeyDataViewType)ItemType(labels)!) : null;
    }

    /// <summary>The corners.</summary>
    public DataViewSchema.Column Boxes { get; }

    /// <summary>The labels.</summary>
    public DataViewSchema.Column Classes { get; }

    /// <summary>The names of the labels' key; null where the labels are text, whose classes show in the rows.</summary>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <summary>All that were found: what to ask a cursor for.</summary>
    public IEnumerable<DataViewSchema.Column> All => [Boxes, Classes, .. _optional.Values];

    /// <summary>A column of this class's names, or null where the view has none.</summary>
    public DataViewSchema.Column? this[string name] => _optional.TryGetValue(name, out var column) ? column : null;

    /// <summary>Whether a view has boxes at all.</summary>
    public static bool Exist(DataViewSchema schema) => schema.GetColumnOrNull(BoundingBoxes) is not null;

    /// <summary>The columns, checked.</summary>
    /// <param name="schema">Of the view.</param>
    /// <param name="boxes">Where the boxes are.</param>
    /// <param name="labels">Where the labels are.</param>
    /// <exception cref="ArgumentException">One of the two is not there, or a column is of another type than it must be.</exception>
    public static BoxColumns Find(DataViewSchema schema, string boxes = BoundingBoxes, string labels = Labels)
    {
        var boxColumn = Require(schema, boxes, "box", type => type is VectorDataViewType { ItemType: var item } && item == NumberDataViewType.Single, "a vector of Single: x0, y0, x1, y1 of each object");
        var labelColumn = Require(schema, labels, "label", type => type is VectorDataViewType { ItemType: KeyDataViewType or TextDataViewType }, "a vector of key or text, one for each object");
        var optional = new Dictionary<string, DataViewSchema.Column>(StringComparer.Ordinal);
        foreach (var (name, item) in PerObject)
            Add(name, type => type is VectorDataViewType vector && vector.ItemType.Equals(item), $"a vector of {item}, one for each object");
        foreach (var (name, wanted) in PerImage)
            Add(name, type => type.Equals(wanted), wanted.ToString()!);
        return new BoxColumns(boxColumn, labelColumn, optional);

        void Add(string name, Func<DataViewType, bool> accepts, string wanted)
        {
            if (schema.GetColumnOrNull(name) is not null)
                optional[name] = Require(schema, name, "", accepts, wanted);
        }
    }

    /// <summary>The item type of a vector; null for others.</summary>
    private static DataViewType? ItemType(DataViewSchema.Column column) => (column.Type as VectorDataViewType)?.ItemType;

    private static DataViewSchema.Column Require(DataViewSchema schema, string name, string what, Func<DataViewType, bool> accepts, string wanted)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            throw new ArgumentException($"There is no {what} column '{name}'. The columns are {ImageColumn.Names(schema)}.");
        if (!accepts(column.Type))
            throw new ArgumentException($"The column '{name}' is of type {column.Type}; it must be {wanted}.");
        return column;
    }
}
