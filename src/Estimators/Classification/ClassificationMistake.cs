namespace Fovea;

/// <summary>A row whose class was predicted wrongly.</summary>
/// <param name="Row">Its place in the data, from 0.</param>
/// <param name="TrueClass">Index of the class it has, in [0, K).</param>
/// <param name="PredictedClass">Index of the class that was predicted.</param>
/// <param name="Confidence">The score of the predicted class, 0 to 1.</param>
/// <param name="TrueScore">The score of the true class, 0 to 1.</param>
public sealed record ClassificationMistake(long Row, int TrueClass, int PredictedClass, double Confidence, double TrueScore);
