namespace Fovea;

/// <summary>A class that was taken for another.</summary>
/// <param name="TrueClass">Index of the class that rows have, in [0, K).</param>
/// <param name="PredictedClass">Index of the other that was predicted.</param>
/// <param name="Count">Rows, at least 1.</param>
/// <param name="Share">Of all rows of the true class, above 0 to 1.</param>
public sealed record ConfusedPair(int TrueClass, int PredictedClass, long Count, double Share);
