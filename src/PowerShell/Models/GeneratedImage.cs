using Microsoft.ML.Data;

namespace Fovea.PowerShell;

/// <summary>A new image.</summary>
/// <param name="Row">Its position among all that were made together, from 0.</param>
/// <param name="Label">The class that was asked for; null of a model without classes.</param>
/// <param name="Image">The image.</param>
/// <param name="Path">The file that it was written to; null for none.</param>
public sealed record GeneratedImage(long Row, string? Label, MLImage Image, string? Path);
