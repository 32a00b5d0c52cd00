namespace Fovea.Classification;

/// <summary>What a classifier says of one image.</summary>
/// <param name="Scores">Where the probabilities of all images of its batch lie, K an image.</param>
/// <param name="Offset">Where this image's begin.</param>
/// <param name="Best">Index of the likeliest class; the first of equals.</param>
internal sealed record ClassPrediction(float[] Scores, int Offset, int Best);
