namespace Fovea;

/// <summary>Options of <see cref="OverlayEstimator"/>: which mask is drawn over which image, and how.</summary>
public sealed record OverlayOptions
{
    /// <summary>Column of images: MLImage, the bytes of an image file, or its path (text). Default <c>Image</c>.</summary>
    public string ImageColumn { get; init; } = "Image";

    /// <summary>Column of masks of the images' sizes, predicted or true (<c>Mask</c>); its annotations name the classes. Default <c>PredictedMask</c>.</summary>
    public string MaskColumn { get; init; } = "PredictedMask";

    /// <summary>Output: an MLImage in RGB. Default <c>Overlay</c>.</summary>
    public string OutputColumn { get; init; } = "Overlay";

    /// <summary>The colors of the classes. Null (default): <see cref="ColorMap.Default"/> for as many as there are.</summary>
    public ColorMap? Colors { get; init; }

    /// <summary>How much the colors cover the image, 0 (not at all) to 1. Default 0.5.</summary>
    public double Opacity { get; init; } = 0.5;

    /// <summary>Thickness in pixels of a line in full color along the edge of each region, inside it, 0 (none) to 32. Default 0.</summary>
    public int OutlineWidth { get; init; }

    /// <summary>Names of classes that are left as the image shows them. Null (default): <c>background</c>, where there is such a class.</summary>
    public IReadOnlyList<string>? ClearClasses { get; init; }

    /// <summary>
    /// Draws pixels that count nowhere in the color that <see cref="Colors"/> have for them. Default false: they are left as the image shows
    /// them.
    /// </summary>
    public bool ColorsIgnored { get; init; }

    /// <summary>Which classes are named below the picture, which grows by as much. Default <see cref="OverlayLegend.PresentClasses"/>.</summary>
    public OverlayLegend Legend { get; init; } = OverlayLegend.PresentClasses;

    /// <summary>Every violated bound, with the value wanted and the value got; none where all is well.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (name, column) in new[] { (nameof(ImageColumn), ImageColumn), (nameof(MaskColumn), MaskColumn), (nameof(OutputColumn), OutputColumn) })
            if (string.IsNullOrWhiteSpace(column))
                yield return $"{name} must name a column; it is {(column is null ? "null" : $"'{column}'")}";
        if (ImageColumn == MaskColumn)
            yield return $"{nameof(ImageColumn)} and {nameof(MaskColumn)} must be two columns; both are '{ImageColumn}'";
        if (!(Opacity >= 0 && Opacity <= 1))
            yield return $"{nameof(Opacity)} must be 0 to 1; it is {Opacity}";
        if (OutlineWidth is < 0 or > 32)
            yield return $"{nameof(OutlineWidth)} must be 0 to 32 pixels; it is {OutlineWidth}";
        if (ColorsIgnored && Colors?.Ignored is null)
            yield return $"{nameof(ColorsIgnored)} needs {nameof(Colors)} with a color for pixels that count nowhere ({nameof(ColorMap)}.{nameof(ColorMap.Ignored)}); {(Colors is null ? "no colors were given" : "they have none")}";
        if (!Enum.IsDefined(Legend))
            yield return $"{nameof(Legend)} must be one of {string.Join(", ", Enum.GetNames<OverlayLegend>())}; it is {Legend}";
    }
}
