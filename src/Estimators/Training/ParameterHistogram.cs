namespace Fovea;

/// <summary>A parameter of a network at the end of an epoch.</summary>
/// <param name="Name">Its key in the weight file.</param>
/// <param name="Values">Its numbers; null where none is finite.</param>
/// <param name="Gradients">Its gradient in the epoch's last step, after clipping; null where it has none or none is finite.</param>
public sealed record ParameterHistogram(string Name, ValueHistogram? Values, ValueHistogram? Gradients);
