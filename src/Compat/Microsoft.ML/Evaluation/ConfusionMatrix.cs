using System.Collections.Immutable;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Rows counted by true and by predicted class.</summary>
public sealed class ConfusionMatrix
{
    private readonly IReadOnlyList<string> _classNames;
    private string _table;

    internal ConfusionMatrix(double[][] counts, IReadOnlyList<string> classNames)
    {
        _classNames = classNames;
        NumberOfClasses = counts.Length;
        Counts = [.. counts.Select(row => (IReadOnlyList<double>)row.AsReadOnly())];
        PerClassRecall = [.. counts.Select((row, k) => Share(row[k], row.Sum()))];
        PerClassPrecision = [.. counts.Select((row, k) => Share(row[k], counts.Sum(other => other[k])))];
    }

    public IReadOnlyList<double> PerClassPrecision { get; }

    public IReadOnlyList<double> PerClassRecall { get; }

    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    public int NumberOfClasses { get; }

    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        CheckClass(predictedClassIndicatorIndex, nameof(predictedClassIndicatorIndex));
        CheckClass(actualClassIndicatorIndex, nameof(actualClassIndicatorIndex));
        return Counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];
    }

    public string GetFormattedConfusionTable() => _table ??= ConfusionTable.Format(this, _classNames);

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 0;

    private void CheckClass(int index, string parameter) =>
        Check.Param(index >= 0 && index < NumberOfClasses, parameter, "Invalid index. Should be non-negative, less than the number of classes.");
}
