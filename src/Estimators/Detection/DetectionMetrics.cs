using System.Globalization;
using System.Text;
using Fovea.Detection.Evaluation;

namespace Fovea;

/// <summary>
/// How well objects were found, from all rows together. Properties named as COCO names them are COCO's twelve numbers, as
/// pycocotools computes them: per class and image the 100 best predictions count, crowds can be found any number of times and
/// count neither way. An object that is difficult is treated likewise, found once. What has no meaning is NaN, where pycocotools prints -1.
/// </summary>
public sealed record DetectionMetrics
{
    internal DetectionMetrics(IReadOnlyList<DetectionClassMetrics> classes, long[,] confusion, int images, DetectionEvaluation options)
    {
        (Classes, Counts, Images, IoU, Score) = (classes, confusion, images, options.IoU, options.Score);
        AP = Precision(0);
        AP50 = Precision(0, 0);
        AP75 = Precision(0, 5);
        (APSmall, APMedium, APLarge) = (Precision(1), Precision(2), Precision(3));
        (AR1, AR10, AR100) = (RecallOf(0, 0), RecallOf(0, 1), RecallOf(0, 2));
        (ARSmall, ARMedium, ARLarge) = (RecallOf(1, 2), RecallOf(2, 2), RecallOf(3, 2));
        VocAP = Mean(classes.Select(c => c.VocAP));
        Voc11PointAP = Mean(classes.Select(c => c.Voc11PointAP));
        ClassNames = [.. classes.Select(c => c.Name)];
    }

    /// <summary>COCO's average precision: mean over classes, IoU 0.50, 0.55, ..., 0.95 and 101 recalls, 0 to 1.</summary>
    public double AP { get; }

    /// <summary>COCO's average precision at IoU 0.50.</summary>
    public double AP50 { get; }

    /// <summary>COCO's average precision at IoU 0.75.</summary>
    public double AP75 { get; }

    /// <summary><see cref="AP"/> of objects up to 32² pixels.</summary>
    public double APSmall { get; }

    /// <summary><see cref="AP"/> of objects of 32² to 96² pixels.</summary>
    public double APMedium { get; }

    /// <summary><see cref="AP"/> of objects from 96² pixels on.</summary>
    public double APLarge { get; }

    /// <summary>COCO's average recall with the best prediction of each class in an image: mean over classes and IoU 0.50, 0.55, ..., 0.95.</summary>
    public double AR1 { get; }

    /// <summary>COCO's average recall with the 10 best predictions of each class in an image.</summary>
    public double AR10 { get; }

    /// <summary>COCO's average recall with the 100 best predictions of each class in an image.</summary>
    public double AR100 { get; }

    /// <summary><see cref="AR100"/> of objects up to 32² pixels.</summary>
    public double ARSmall { get; }

    /// <summary><see cref="AR100"/> of objects of 32² to 96² pixels.</summary>
    public double ARMedium { get; }

    /// <summary><see cref="AR100"/> of objects from 96² pixels on.</summary>
    public double ARLarge { get; }

    /// <summary>VOC's mean average precision since 2010 (area under the curve) at <see cref="IoU"/>: mean over the classes that the truth shows.</summary>
    public double VocAP { get; }

    /// <summary>VOC's mean average precision of 2007 (11 points) at <see cref="IoU"/>.</summary>
    public double Voc11PointAP { get; }

    /// <summary>IoU from which a prediction is right, for all but COCO's figures.</summary>
    public double IoU { get; }

    /// <summary>Score from which a prediction counts for the figures at one score.</summary>
    public double Score { get; }

    /// <summary>Share of the predictions from <see cref="Score"/> on that are right, all classes together, 0 to 1; NaN where there are none.</summary>
    public double PrecisionAtScore => DetectionClassMetrics.Share(TruePositives, TruePositives + Classes.Sum(c => (long)c.FalsePositives));

    /// <summary>Share of the objects that they find, all classes together, 0 to 1; NaN where there are none.</summary>
    public double RecallAtScore => DetectionClassMetrics.Share(TruePositives, Classes.Sum(c => (long)c.CountedObjects));

    /// <summary>Harmonic mean of the two, 2 TP / (2 TP + FP + FN), 0 to 1.</summary>
    public double F1AtScore => DetectionClassMetrics.Share(2 * TruePositives, 2 * TruePositives + Classes.Sum(c => (long)c.FalsePositives + c.FalseNegatives));

    /// <summary>Names of classes 0 .. K-1.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Each class by itself.</summary>
    public IReadOnlyList<DetectionClassMetrics> Classes { get; }

    /// <summary>
    /// The confusion matrix at <see cref="IoU"/> and <see cref="Score"/>, (K + 1, K + 1): objects of true class [row] taken for class
    /// [column]. The last row is the background: predictions where nothing is; the last column objects that were missed. Pairs are
    /// made from the highest IoU down whatever their classes, so the diagonal may differ from the true positives of the classes,
    /// which know no other class. Crowds and difficult objects count nowhere.
    /// </summary>
    public long[,] Counts { get; }

    /// <summary>Images evaluated.</summary>
    public int Images { get; }

    private long TruePositives => Classes.Sum(c => (long)c.TruePositives);

    /// <summary>COCO's twelve numbers, then a table with a line for each class.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"COCO  AP {F(AP)}  AP50 {F(AP50)}  AP75 {F(AP75)}  small {F(APSmall)}  medium {F(APMedium)}  large {F(APLarge)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"      AR1 {F(AR1)}  AR10 {F(AR10)}  AR100 {F(AR100)}  small {F(ARSmall)}  medium {F(ARMedium)}  large {F(ARLarge)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"VOC at IoU {IoU}  AP {F(VocAP)}  11-point AP {F(Voc11PointAP)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"at score {Score}  precision {F(PrecisionAtScore)}  recall {F(RecallAtScore)}  F1 {F(F1AtScore)}  ({Images} images)");
        var width = Math.Max(5, ClassNames.DefaultIfEmpty("").Max(n => n.Length));
        text.AppendLine($"{"class".PadRight(width)}  objects  found as such      AP    AP50    AP75  precision  recall      F1");
        foreach (var c in Classes)
            text.AppendLine(CultureInfo.InvariantCulture, $"{c.Name.PadRight(width)}  {c.CountedObjects,7}  {c.TruePositives,13}  {F(c.AP)}  {F(c.AP50)}  {F(c.AP75)}  {F(c.Precision),9}  {F(c.Recall)}  {F(c.F1)}");
        return text.ToString().TrimEnd();

        static string F(double value) => double.IsNaN(value) ? "   n/a" : value.ToString("0.0000", CultureInfo.InvariantCulture);
    }

    private double Precision(int area) => Mean(Classes.Select(c => Enumerable.Range(0, CocoMatching.Thresholds.Length).Average(t => c.Coco.Precision[area, t])));

    private double Precision(int area, int threshold) => Mean(Classes.Select(c => c.Coco.Precision[area, threshold]));

    private double RecallOf(int area, int most) => Mean(Classes.Select(c => Enumerable.Range(0, CocoMatching.Thresholds.Length).Average(t => c.Coco.Recall[area, t, most])));

    /// <summary>Of the classes that have a value: a class without objects has none.</summary>
    private static double Mean(IEnumerable<double> values) => values.Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Average();
}
