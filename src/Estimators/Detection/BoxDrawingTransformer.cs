using Fovea.Detection.Drawing;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea;

/// <summary>
/// Adds a column of images with boxes, classes and scores drawn on them; made by <c>ml.Vision.DrawBoxes</c>. Lines and letters grow
/// with the image. A label that would cover another is left out. It keeps nothing, so no file takes it: append it again to
/// a model that was loaded.
/// </summary>
public sealed class BoxDrawingTransformer : ITransformer
{
    private readonly BoxDrawingOptions _options;

    internal BoxDrawingTransformer(BoxDrawingOptions options) => _options = options;

    /// <summary>True: each image is drawn on by itself.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new DrawnBoxMapper(inputSchema, _options).OutputSchema;

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => new DrawnBoxView(new DrawnBoxMapper(input.Schema, _options), input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new DrawnBoxMapper(inputSchema, _options);

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException("Drawn boxes cannot be saved, and a file that was begun is now incomplete. Save the detector with ml.Vision.Save(model, path), and append ml.Vision.DrawBoxes after loading it.");
}
