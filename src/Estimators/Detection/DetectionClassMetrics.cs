using Fovea.Detection.Evaluation;

namespace Fovea;

/// <summary>How well the objects of one class were found. What has no meaning (without such an object) is NaN.</summary>
public sealed record DetectionClassMetrics
{
    internal DetectionClassMetrics(string name, ClassScores scores, DetectionEvaluation options)
    {
        Name = name;
        Objects = scores.Objects;
        CountedObjects = scores.VocObjects;
        Predictions = scores.Scores.Length;
        Coco = new CocoFigures(scores);
        var voc = new VocFigures(scores);
        (Curve, VocAP, Voc11PointAP) = (voc.Curve, voc.AllPoints, voc.ElevenPoints);
        for (var i = 0; i < Predictions && scores.Scores[i] >= options.Score; i++)
        {
            TruePositives += scores.Verdicts[i] == VocVerdict.Right ? 1 : 0;
            FalsePositives += scores.Verdicts[i] == VocVerdict.Wrong ? 1 : 0;
        }
    }

    /// <summary>The class.</summary>
    public string Name { get; }

    /// <summary>Objects of the class in the truth.</summary>
    public int Objects { get; }

    /// <summary>Those of them that are neither crowd nor difficult.</summary>
    public int CountedObjects { get; }

    /// <summary>Predictions of the class, of any score.</summary>
    public int Predictions { get; }

    /// <summary>COCO's average precision: mean over IoU 0.50, 0.55, ..., 0.95 and 101 recalls, 0 to 1.</summary>
    public double AP => Mean(t => Coco.Precision[0, t]);

    /// <summary>COCO's average precision at IoU 0.50.</summary>
    public double AP50 => Coco.Precision[0, 0];

    /// <summary>COCO's average precision at IoU 0.75.</summary>
    public double AP75 => Coco.Precision[0, 5];

    /// <summary>COCO's average recall with 100 predictions an image: mean over IoU 0.50, 0.55, ..., 0.95.</summary>
    public double AR100 => Mean(t => Coco.Recall[0, t, 2]);

    /// <summary>VOC's average precision since 2010, at <see cref="DetectionEvaluation.IoU"/>: the area under the curve made monotone.</summary>
    public double VocAP { get; }

    /// <summary>VOC's average precision of 2007, at <see cref="DetectionEvaluation.IoU"/>: the mean of the best precisions from the recalls 0, 0.1, ..., 1 on.</summary>
    public double Voc11PointAP { get; }

    /// <summary>Predictions from <see cref="DetectionEvaluation.Score"/> on that are right.</summary>
    public int TruePositives { get; }

    /// <summary>Predictions from <see cref="DetectionEvaluation.Score"/> on that are wrong, a second one of the same object too.</summary>
    public int FalsePositives { get; }

    /// <summary>Objects that those predictions miss.</summary>
    public int FalseNegatives => CountedObjects - TruePositives;

    /// <summary>Share of those predictions that are right, 0 to 1; NaN where there are none.</summary>
    public double Precision => Share(TruePositives, TruePositives + FalsePositives);

    /// <summary>Share of the objects that they find, 0 to 1.</summary>
    public double Recall => Share(TruePositives, CountedObjects);

    /// <summary>Harmonic mean of the two, 2 TP / (2 TP + FP + FN), 0 to 1; NaN where there is neither object nor prediction.</summary>
    public double F1 => Share(2L * TruePositives, 2L * TruePositives + FalsePositives + FalseNegatives);

    /// <summary>Precision against recall at <see cref="DetectionEvaluation.IoU"/>, by VOC's rule.</summary>
    public PrecisionRecallCurve Curve { get; }

    internal CocoFigures Coco { get; }

    internal static double Share(long part, long whole) => whole == 0 ? double.NaN : (double)part / whole;

    private static double Mean(Func<int, double> value) => Enumerable.Range(0, CocoMatching.Thresholds.Length).Average(value);
}
