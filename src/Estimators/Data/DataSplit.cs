using Microsoft.ML;

namespace Fovea;

/// <summary>Two parts of a data set that share no row and together have all of them.</summary>
/// <param name="Train">The rows to learn from, in the order of the data.</param>
/// <param name="Test">The rows held out, in the order of the data.</param>
public sealed record DataSplit(IDataView Train, IDataView Test);
