namespace Fovea.PowerShell;

/// <summary>One object that was found.</summary>
/// <param name="Label">Its class.</param>
/// <param name="Score">How sure it is, in [0, 1].</param>
/// <param name="X0">The left side, in pixels of the upright image; the box is half-open.</param>
/// <param name="Y0">The upper side, in pixels.</param>
/// <param name="X1">The right side, in pixels.</param>
/// <param name="Y1">The lower side, in pixels.</param>
public sealed record DetectedObject(string Label, double Score, double X0, double Y0, double X1, double Y1);
