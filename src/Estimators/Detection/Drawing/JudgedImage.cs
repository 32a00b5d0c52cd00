using Fovea.Detection.Evaluation;

namespace Fovea.Detection.Drawing;

/// <summary>An image with what was found of it at one score and IoU.</summary>
internal sealed class JudgedImage
{
    /// <param name="image">Truth and prediction.</param>
    /// <param name="options">From which score on predictions count, and how they are matched.</param>
    public JudgedImage(EvaluatedImage image, DetectionEvaluation options)
    {
        Image = image;
        Predictions = [.. image.Predictions.ToArray().Where(p => p.Score >= options.Score)];
        Verdicts = new VocVerdict[Predictions.Length];
        IsFound = new bool[image.Truths.Length];
        var matching = new VocMatching(options.IoU, options.InclusivePixels ? 1 : 0);
        // By class and descending score, as they were; without those of low scores.
        new EvaluatedImage(image.Id, image.Truths.ToArray(), Predictions).ForEachClass((t, p) =>
            matching.Match(Predictions.AsSpan(p), image.Truths[t], Verdicts.AsSpan(p), IsFound.AsSpan(t)));
        Right = Verdicts.Count(v => v == VocVerdict.Right);
        Wrong = Verdicts.Count(v => v == VocVerdict.Wrong);
        for (var g = 0; g < IsFound.Length; g++)
            Missed += IsFound[g] || image.Truths[g].IsIgnored ? 0 : 1;
    }

    public EvaluatedImage Image { get; }

    /// <summary>Those that count, by class and descending score.</summary>
    public PredictedObject[] Predictions { get; }

    /// <summary>Of each prediction.</summary>
    public VocVerdict[] Verdicts { get; }

    /// <summary>Of each object.</summary>
    public bool[] IsFound { get; }

    public int Right { get; }

    public int Wrong { get; }

    public int Missed { get; }

    /// <summary>0 to 1; 1 where nothing is and nothing was found.</summary>
    public double F1 => Right + Wrong + Missed == 0 ? 1 : 2.0 * Right / (2 * Right + Wrong + Missed);
}
