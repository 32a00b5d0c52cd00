using Fovea.Data;

namespace Fovea.Detection.Evaluation;

/// <summary>An object that a detector reports.</summary>
/// <param name="X0">Left side, pixels.</param>
/// <param name="Y0">Top.</param>
/// <param name="X1">Right side.</param>
/// <param name="Y1">Bottom.</param>
/// <param name="Label">Class index in [0, K).</param>
/// <param name="Score">How sure it is; any finite number, by custom 0 to 1.</param>
internal readonly record struct PredictedObject(double X0, double Y0, double X1, double Y1, int Label, double Score)
{
    /// <inheritdoc cref="TrueObject.BoxArea"/>
    public double BoxArea { get; init; } = (X1 - X0) * (Y1 - Y0);

    /// <summary>What tells small from large: the mask's pixels where masks are compared, else the box's.</summary>
    public double Area => Mask?.Area ?? BoxArea;

    /// <inheritdoc cref="TrueObject.Mask"/>
    public RunLengths? Mask { get; init; }
}
