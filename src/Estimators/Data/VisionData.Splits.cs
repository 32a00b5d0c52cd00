using Microsoft.ML;

namespace Fovea.Data;

/// <content>Splits. The parts are views of the same schema over the same data, in its order; nothing is copied.</content>
public sealed partial class VisionData
{
    /// <summary>Two parts in which each class has its share to within one row; one row of each class stays for training at least.</summary>
    /// <param name="view">The data.</param>
    /// <param name="testFraction">The share held out, above 0 and below 1. Default 0.2.</param>
    /// <param name="labelColumn">The column of classes, key or text.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <exception cref="ArgumentException">The fraction is out of its bounds, or there is no such column of labels.</exception>
    /// <exception cref="InvalidDataException">There are no rows, one has no label, or so few that none would be held out.</exception>
    public DataSplit StratifiedSplit(IDataView view, double testFraction = 0.2, string labelColumn = "Label", int seed = 0) =>
        DataSplitter.Stratified(view, testFraction, labelColumn, seed);

    /// <summary>Parts for cross-validation: each row is held out in one of them, and each has every class's share to within one row.</summary>
    /// <param name="view">The data.</param>
    /// <param name="folds">How many, at least 2. Default 5.</param>
    /// <param name="labelColumn">The column of classes, key or text.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <exception cref="ArgumentException">Fewer than 2 folds, or there is no such column of labels.</exception>
    /// <exception cref="InvalidDataException">There are no rows, one has no label, or a class has fewer rows than there are folds.</exception>
    public IReadOnlyList<DataSplit> StratifiedFolds(IDataView view, int folds = 5, string labelColumn = "Label", int seed = 0) =>
        DataSplitter.StratifiedFolds(view, folds, labelColumn, seed);

    /// <summary>Two parts with no group in both: the pictures of one person, patient or place stay together.</summary>
    /// <param name="view">The data.</param>
    /// <param name="groupColumn">The column whose value says what belongs together: text, key, number or Boolean.</param>
    /// <param name="testFraction">The share of rows held out, above 0 and below 1, as near as whole groups allow. Default 0.2.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <param name="labelColumn">A column of classes, key or text, whose shares shall be near to those of the whole too. Default none.</param>
    /// <exception cref="ArgumentException">The fraction is out of its bounds, or there is no such column.</exception>
    /// <exception cref="InvalidDataException">There are no rows, one has no group or label, or there is one group only.</exception>
    public DataSplit GroupSplit(IDataView view, string groupColumn, double testFraction = 0.2, int seed = 0, string? labelColumn = null) =>
        DataSplitter.Grouped(view, groupColumn, testFraction, seed, labelColumn);

    /// <summary>Parts for cross-validation, as <see cref="StratifiedFolds"/>, in which no group is parted.</summary>
    /// <param name="view">The data.</param>
    /// <param name="groupColumn">The column whose value says what belongs together: text, key, number or Boolean.</param>
    /// <param name="folds">How many, at least 2 and at most as many as there are groups. Default 5.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <param name="labelColumn">A column of classes, key or text, whose shares shall be near to those of the whole too. Default none.</param>
    /// <exception cref="ArgumentException">Fewer than 2 folds, or there is no such column.</exception>
    /// <exception cref="InvalidDataException">There are no rows, one has no group or label, or there are fewer groups than folds.</exception>
    public IReadOnlyList<DataSplit> GroupFolds(IDataView view, string groupColumn, int folds = 5, int seed = 0, string? labelColumn = null) =>
        DataSplitter.GroupedFolds(view, groupColumn, folds, seed, labelColumn);
}
