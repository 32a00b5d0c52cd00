namespace Fovea;

/// <summary>Which classes stand with their colors below an overlay.</summary>
public enum OverlayLegend
{
    /// <summary>None; the overlay is as large as the image.</summary>
    None,

    /// <summary>Those that the mask shows.</summary>
    PresentClasses,

    /// <summary>All that the mask column names, so that legends of all images are the same.</summary>
    AllClasses,
}
