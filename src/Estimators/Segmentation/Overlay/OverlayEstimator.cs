using Fovea.Data;
using Fovea.Segmentation;
using Microsoft.ML;

namespace Fovea;

/// <summary>Makes a transformer that draws masks over images. There is nothing to learn; it stands in a chain as any other estimator.</summary>
public sealed class OverlayEstimator : IEstimator<OverlayTransformer>
{
    private readonly OverlayOptions _options;

    internal OverlayEstimator(OverlayOptions options)
    {
        options.Problems().ThrowIfAny(nameof(OverlayOptions), nameof(options));
        _options = options;
    }

    /// <summary>Checks the columns; reads no row.</summary>
    /// <exception cref="ArgumentException">A column is missing or of another type, or a class has no color.</exception>
    public OverlayTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var transformer = new OverlayTransformer(_options);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        RequiredColumn.Of(inputSchema, _options.ImageColumn, "image", ImageColumn.Accepts, ImageColumn.Wanted);
        RequiredColumn.Of(inputSchema, _options.MaskColumn, "mask", MaskColumn.Accepts, MaskColumn.Wanted);
        return AddedColumns.To(inputSchema, OverlayPredictor.Column(_options));
    }
}
