using System.Globalization;
using System.Text;

namespace Fovea;

/// <summary>
/// How well masks were predicted, from counts of pixels over the whole set; pixels without a class count nowhere. A figure that
/// nothing counts for (a class that neither truth nor prediction shows) is NaN and left out of the means.
/// </summary>
public sealed record SegmentationMetrics
{
    private readonly long[] _truth;
    private readonly long[] _predicted;

    /// <param name="classNames">Names of classes 0 .. K−1.</param>
    /// <param name="counts">(K, K): pixels of true class [row] predicted as class [column].</param>
    /// <exception cref="ArgumentException">The counts are not K x K, or one is negative.</exception>
    internal SegmentationMetrics(IReadOnlyList<string> classNames, long[,] counts)
    {
        var classes = classNames.Count;
        if (counts.GetLength(0) != classes || counts.GetLength(1) != classes)
            throw new ArgumentException($"The counts are {counts.GetLength(0)} x {counts.GetLength(1)}; for {classes} classes they must be {classes} x {classes}.", nameof(counts));
        if (counts.Cast<long>().Any(n => n < 0))
            throw new ArgumentException("A count of pixels is negative.", nameof(counts));
        ClassNames = classNames;
        Counts = counts;
        _truth = [.. Enumerable.Range(0, classes).Select(k => Enumerable.Range(0, classes).Sum(j => counts[k, j]))];
        _predicted = [.. Enumerable.Range(0, classes).Select(k => Enumerable.Range(0, classes).Sum(j => counts[j, k]))];
        Pixels = _truth.Sum();
        PixelAccuracy = Share(Enumerable.Range(0, classes).Sum(k => counts[k, k]), Pixels);
        IoU = PerClass(k => Share(counts[k, k], _truth[k] + _predicted[k] - counts[k, k]));
        Dice = PerClass(k => Share(2 * counts[k, k], _truth[k] + _predicted[k]));
        Recall = PerClass(k => Share(counts[k, k], _truth[k]));
        Precision = PerClass(k => Share(counts[k, k], _predicted[k]));
        Specificity = PerClass(k => Share(Pixels - _truth[k] - _predicted[k] + counts[k, k], Pixels - _truth[k]));
        AbsentClasses = [.. Enumerable.Range(0, classes).Where(k => _truth[k] == 0).Select(k => classNames[k])];
    }

    /// <summary>Names of classes 0 .. K−1.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The confusion matrix, (K, K): pixels of true class [row] predicted as class [column].</summary>
    public long[,] Counts { get; }

    /// <summary>Pixels that count.</summary>
    public long Pixels { get; }

    /// <summary>Share of pixels with the right class, 0 to 1.</summary>
    public double PixelAccuracy { get; }

    /// <summary>Intersection over union of each class, TP / (TP + FP + FN), 0 to 1; NaN where neither truth nor prediction shows the class.</summary>
    public IReadOnlyList<double> IoU { get; }

    /// <summary>Dice coefficient of each class, 2·TP / (2·TP + FP + FN), 0 to 1; NaN as for <see cref="IoU"/>.</summary>
    public IReadOnlyList<double> Dice { get; }

    /// <summary>Share of each class's predicted pixels that are right, TP / (TP + FP), 0 to 1; NaN where none is predicted.</summary>
    public IReadOnlyList<double> Precision { get; }

    /// <summary>Share of each class's true pixels that are found, TP / (TP + FN), 0 to 1 (true positive rate); NaN where there are none.</summary>
    public IReadOnlyList<double> Recall { get; }

    /// <summary>Share of the other pixels that are not taken for the class, TN / (TN + FP), 0 to 1 (true negative rate); NaN where all pixels are of the class.</summary>
    public IReadOnlyList<double> Specificity { get; }

    /// <summary>Mean of <see cref="IoU"/> over the classes that the truth shows; NaN where it shows none.</summary>
    public double MeanIoU => MeanOfShown(IoU);

    /// <summary>Mean of <see cref="Dice"/> over the classes that the truth shows; NaN where it shows none.</summary>
    public double MeanDice => MeanOfShown(Dice);

    /// <summary>Classes that no pixel of the truth has: they are left out of the means. Predicting them still costs the others their IoU.</summary>
    public IReadOnlyList<string> AbsentClasses { get; }

    /// <summary>
    /// The foreground-restricted Rand F-score of the ISBI 2012 challenge (regions of the second class are the objects), 0 to 1, mean
    /// of the images; null where it was not asked for.
    /// </summary>
    public double? RandFScore { get; init; }

    /// <summary>A table, a line per class.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var width = Math.Max(5, ClassNames.Max(n => n.Length));
        text.Append(CultureInfo.InvariantCulture, $"pixel accuracy {PixelAccuracy:0.0000}, mean IoU {MeanIoU:0.0000}, mean Dice {MeanDice:0.0000}, {Pixels} pixels");
        if (RandFScore is { } rand)
            text.Append(CultureInfo.InvariantCulture, $", Rand F-score {rand:0.0000}");
        text.AppendLine().AppendLine($"{"class".PadRight(width)}     IoU    Dice  precision  recall  specificity  share");
        for (var k = 0; k < ClassNames.Count; k++)
            text.AppendLine(CultureInfo.InvariantCulture, $"{ClassNames[k].PadRight(width)}  {IoU[k],6:0.0000}  {Dice[k],6:0.0000}  {Precision[k],9:0.0000}  {Recall[k],6:0.0000}  {Specificity[k],11:0.0000}  {Share(_truth[k], Pixels),5:0.000}");
        if (AbsentClasses.Count > 0)
            text.AppendLine($"not in the truth, left out of the means: {string.Join(", ", AbsentClasses)}");
        return text.ToString().TrimEnd();
    }

    private double MeanOfShown(IReadOnlyList<double> values)
    {
        var shown = values.Where((_, k) => _truth[k] > 0).ToList();
        return shown.Count == 0 ? double.NaN : shown.Average();
    }

    private double[] PerClass(Func<int, double> value) => [.. Enumerable.Range(0, ClassNames.Count).Select(value)];

    private static double Share(long part, long whole) => whole == 0 ? double.NaN : (double)part / whole;
}
