using Fovea.Data;
using Fovea.Detection.Drawing;
using Microsoft.ML;

namespace Fovea;

/// <summary>Draws boxes on images, as a part of a pipeline. There is nothing to learn: fitting only checks the columns.</summary>
public sealed class BoxDrawingEstimator : IEstimator<BoxDrawingTransformer>
{
    private readonly BoxDrawingOptions _options;

    internal BoxDrawingEstimator(BoxDrawingOptions options) => _options = options;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    public BoxDrawingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DrawnBoxColumns.Find(input.Schema, _options);
        return new BoxDrawingTransformer(_options);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        RequiredColumn.Of(inputSchema, _options.ImageColumn, "image", ImageColumn.Accepts, ImageColumn.Wanted);
        return AddedColumns.To(inputSchema, DrawnBoxColumns.Added(_options));
    }
}
