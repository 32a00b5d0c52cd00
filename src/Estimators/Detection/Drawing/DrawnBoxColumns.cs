using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Detection.Drawing;

/// <summary>The columns that drawing reads, checked, and the one that it adds.</summary>
internal sealed record DrawnBoxColumns(DataViewSchema.Column Image, BoxColumns Boxes, DataViewSchema.Column? Score)
{
    public IEnumerable<DataViewSchema.Column> All => Score is { } score ? [Image, Boxes.Boxes, Boxes.Classes, score] : [Image, Boxes.Boxes, Boxes.Classes];

    public static DataViewSchema.DetachedColumn Added(BoxDrawingOptions options) => new(options.OutputColumn, new ImageDataViewType());

    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    public static DrawnBoxColumns Find(DataViewSchema schema, BoxDrawingOptions options)
    {
        var image = ImageColumn.Find(schema, options.ImageColumn);
        var boxes = BoxColumns.Find(schema, options.BoundingBoxColumn, options.LabelColumn);
        if (options.ScoreColumn is not { } name)
            return new(image, boxes, null);
        var score = schema.GetColumnOrNull(name) ?? throw new ArgumentException($"There is no score column '{name}'. The columns are {ImageColumn.Names(schema)}. Set ScoreColumn to null where there are no scores.");
        return score.Type is VectorDataViewType { ItemType: var item } && item == NumberDataViewType.Single ? new(image, boxes, score)
            : throw new ArgumentException($"The column '{name}' is of type {score.Type}; it must be a vector of Single, one for each box.");
    }
}
