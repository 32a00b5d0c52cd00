namespace Fovea.PowerShell;

/// <summary>One class with its probability.</summary>
/// <param name="Label">The class.</param>
/// <param name="Score">Its probability, in [0, 1].</param>
public sealed record ClassScore(string Label, double Score);
