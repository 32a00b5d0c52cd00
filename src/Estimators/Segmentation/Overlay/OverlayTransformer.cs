using Fovea.Data;
using Fovea.Reporting;
using Fovea.Segmentation;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea;

/// <summary>
/// Adds a picture of every row: the image with the mask in its classes' colors over it. Made by <c>ml.Vision.Overlay</c>. Pixels that count
/// nowhere stay as the image shows them.
/// </summary>
/// <remarks>
/// Rows are read, and errors come, when the pictures are asked for: <see cref="InvalidDataException"/> where an image or mask cannot be read, their
/// sizes differ or a pixel has no class; its message names file, pixel and value. It cannot be saved: append it to a loaded model again.
/// </remarks>
public sealed class OverlayTransformer : ITransformer
{
    internal OverlayTransformer(OverlayOptions options) => Options = options;

    /// <summary>How it draws.</summary>
    public OverlayOptions Options { get; }

    /// <summary>True: every row is drawn from itself alone.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The input's columns and the picture's.</summary>
    /// <exception cref="ArgumentException">A column is missing or of another type, or a class has no color.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Mapper(inputSchema).OutputSchema;

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new PredictionView<Canvas>(Mapper(input.Schema), input);
    }

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Mapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException("an overlay has nothing to save, and a file it began is now incomplete. Save the model without it, and append ml.Vision.Overlay(...) to what was loaded");

    private ImageMapper<Canvas> Mapper(DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new(new OverlayPredictor(Options, MaskColumn.Find(input, Options.MaskColumn)), input);
    }
}
