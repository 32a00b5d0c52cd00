using Fovea.Data;

namespace Fovea.Detection.Evaluation;

/// <summary>An object that is there. Numbers in float64: where a set comes from a file, none of its digits is lost.</summary>
/// <param name="X0">Left side, pixels.</param>
/// <param name="Y0">Top.</param>
/// <param name="X1">Right side.</param>
/// <param name="Y1">Bottom.</param>
/// <param name="Label">Class index in [0, K).</param>
internal readonly record struct TrueObject(double X0, double Y0, double X1, double Y1, int Label)
{
    /// <summary>Width times height, as the source's own numbers give it.</summary>
    public double BoxArea { get; init; } = (X1 - X0) * (Y1 - Y0);

    /// <summary>What tells small from large: pixels of the object where the source states them, else the box's.</summary>
    public double Area { get; init; } = (X1 - X0) * (Y1 - Y0);

    /// <summary>Stands for many objects.</summary>
    public bool IsCrowd { get; init; }

    /// <summary>Found or not, it does not count.</summary>
    public bool IsDifficult { get; init; }

    /// <summary>Its pixels, where masks are compared; else null.</summary>
    public RunLengths? Mask { get; init; }

    public bool IsIgnored => IsCrowd || IsDifficult;
}
