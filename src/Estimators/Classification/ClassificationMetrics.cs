using System.Globalization;
using System.Text;
using Fovea.Reporting;

namespace Fovea;

/// <summary>
/// How well images were classified, from counts over all rows. Means over classes are over those that rows have
/// (<see cref="AbsentClasses"/> tells the others). Equal scores: curves take their rows together, so that their order
/// decides nothing; among the highest scores the true class comes after others of its score.
/// </summary>
public sealed record ClassificationMetrics
{
    /// <param name="classNames">Names of classes 0 .. K−1.</param>
    /// <param name="counts">(K, K): rows of true class [row] predicted as class [column].</param>
    /// <param name="curves">Of each class, and last of all together.</param>
    internal ClassificationMetrics(IReadOnlyList<string> classNames, long[,] counts, IReadOnlyList<ScoreCurves> curves)
    {
        (ClassNames, Counts) = (classNames, counts);
        var places = Enumerable.Range(0, classNames.Count).ToList();
        Classes = [.. places.Select(k => new ClassificationClassMetrics(classNames[k], counts[k, k], places.Sum(p => counts[k, p]), places.Sum(t => counts[t, k]), curves[k]))];
        (MicroRoc, MicroPrecisionRecall, MicroAveragePrecision) = curves[^1];
        Rows = Classes.Sum(c => c.Support);
        Accuracy = (double)Classes.Sum(c => c.TruePositives) / Rows;
    }

    /// <summary>Names of classes 0 .. K−1.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The confusion matrix, (K, K): rows of true class [row] predicted as class [column].</summary>
    public long[,] Counts { get; }

    /// <summary>Each class by itself.</summary>
    public IReadOnlyList<ClassificationClassMetrics> Classes { get; }

    /// <summary>Rows evaluated.</summary>
    public long Rows { get; }

    /// <summary>Share of rows whose class was predicted, 0 to 1.</summary>
    public double Accuracy { get; }

    /// <summary>How many scores <see cref="TopAccuracy"/> looks at.</summary>
    public int Top { get; internal init; }

    /// <summary>
    /// Share of rows whose class is among the <see cref="Top"/> of highest score, 0 to 1. Others of the same score come before the
    /// true class, so that a network that tells nothing apart gains nothing.
    /// </summary>
    public double TopAccuracy { get; internal init; }

    /// <summary>Mean precision of the classes that rows have, 0 to 1.</summary>
    public double MacroPrecision => MeanOfShown(c => c.Precision);

    /// <summary>Mean recall of the classes that rows have, 0 to 1: accuracy if each class had as many rows.</summary>
    public double MacroRecall => MeanOfShown(c => c.Recall);

    /// <summary>Mean F1 of the classes that rows have, 0 to 1.</summary>
    public double MacroF1 => MeanOfShown(c => c.F1);

    /// <summary>Mean of −ln(score of the true class), in nats, at least 0; a score counts as at least 10⁻¹⁵.</summary>
    public double LogLoss { get; internal init; }

    /// <summary>Mean of the squared differences between scores and truth (1 for the true class, else 0), summed over the classes, 0 to 2 (Brier, 1950).</summary>
    public double BrierScore { get; internal init; }

    /// <summary>Mean area under the ROC curves of the classes that rows have, each against all others, 0 to 1; NaN where all rows are of one class.</summary>
    public double MacroArea => MeanOfShown(c => c.Roc.Area);

    /// <summary>Mean average precision of the classes that rows have, 0 to 1.</summary>
    public double MacroAveragePrecision => MeanOfShown(c => c.AveragePrecision);

    /// <summary>ROC curve over all pairs of a row and a class.</summary>
    public RocCurve MicroRoc { get; }

    /// <summary>Precision against recall over all pairs of a row and a class.</summary>
    public PrecisionRecallCurve MicroPrecisionRecall { get; }

    /// <summary>Average precision over all pairs of a row and a class, 0 to 1.</summary>
    public double MicroAveragePrecision { get; }

    /// <summary>Whether curves and areas come from every score; else from scores counted in steps (<see cref="ClassificationEvaluation.ExactScores"/>).</summary>
    public bool IsExact { get; internal init; }

    /// <summary>Confidence and accuracy of the predictions, in ranges of confidence from 0 to 1.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability { get; internal init; } = [];

    /// <summary>Mean distance between confidence and accuracy over the ranges, weighted by their rows, 0 to 1 (Guo et al., 2017, https://arxiv.org/abs/1706.04599).</summary>
    public double ExpectedCalibrationError => Reliability.Where(b => b.Count > 0).Sum(b => b.Count * Math.Abs(b.Accuracy - b.Confidence)) / Rows;

    /// <summary>The largest distance between confidence and accuracy of a range, 0 to 1.</summary>
    public double MaximumCalibrationError => Reliability.Where(b => b.Count > 0).Max(b => Math.Abs(b.Accuracy - b.Confidence));

    /// <summary>The wrong predictions of the highest confidence, in that order; as many as were asked for.</summary>
    public IReadOnlyList<ClassificationMistake> Mistakes { get; internal init; } = [];

    /// <summary>Classes that no row has: they are left out of the means. Predicting them still costs the others their recall.</summary>
    public IReadOnlyList<string> AbsentClasses => [.. Classes.Where(c => c.Support == 0).Select(c => c.Name)];

    /// <summary>Which classes were most often taken for which: by count, then by share of the true class.</summary>
    /// <param name="most">How many pairs, at least 0.</param>
    public IReadOnlyList<ConfusedPair> MostConfused(int most = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        return [.. (from truth in Enumerable.Range(0, Classes.Count)
                   from predicted in Enumerable.Range(0, Classes.Count)
                   let count = Counts[truth, predicted]
                   where truth != predicted && count > 0
                   let pair = new ConfusedPair(truth, predicted, count, (double)count / Classes[truth].Support)
                   orderby pair.Count descending, pair.Share descending, truth, predicted
                   select pair).Take(most)];
    }

    /// <summary>A table, a line for each class.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"accuracy {Accuracy:0.0000}");
        if (Top < Classes.Count)
            text.Append(CultureInfo.InvariantCulture, $", among the top {Top} {TopAccuracy:0.0000}");
        text.AppendLine(CultureInfo.InvariantCulture, $", log-loss {LogLoss:0.0000}, Brier score {BrierScore:0.0000}, calibration error {ExpectedCalibrationError:0.0000}, {Rows} rows");
        var width = Math.Max(12, ClassNames.Max(n => n.Length));
        text.AppendLine($"{"class".PadRight(width)}  precision  recall      F1  ROC area      AP  rows");
        foreach (var c in Classes)
            Line(c.Name, c.Precision, c.Recall, c.F1, c.Roc.Area, c.AveragePrecision, c.Support);
        Line("mean", MacroPrecision, MacroRecall, MacroF1, MacroArea, MacroAveragePrecision, Rows);
        if (AbsentClasses.Count > 0)
            text.AppendLine($"of no row, left out of the means: {string.Join(", ", AbsentClasses)}");
        return text.ToString().TrimEnd();

        void Line(string name, double precision, double recall, double f1, double area, double ap, long rows) => text.AppendLine(CultureInfo.InvariantCulture,
            $"{name.PadRight(width)}  {F(precision),9}  {F(recall),6}  {F(f1),6}  {F(area),8}  {F(ap),6}  {rows}");

        static string F(double value) => double.IsNaN(value) ? "n/a" : value.ToString("0.0000", CultureInfo.InvariantCulture);
    }

    private double MeanOfShown(Func<ClassificationClassMetrics, double> value) => Classes.Where(c => c.Support > 0).Average(value);
}
