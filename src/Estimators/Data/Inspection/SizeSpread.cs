namespace Fovea;

/// <summary>The spread of a length in pixels over all readable images.</summary>
/// <param name="Min">The smallest.</param>
/// <param name="Median">The middle one, of an even number the lower.</param>
/// <param name="Max">The largest.</param>
public sealed record SizeSpread(int Min, int Median, int Max);
