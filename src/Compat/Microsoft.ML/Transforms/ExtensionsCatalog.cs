using Microsoft.ML.Transforms;
using static Microsoft.ML.Transforms.MissingValueReplacingEstimator;

namespace Microsoft.ML;

/// <summary>Transforms of missing values.</summary>
public static class ExtensionsCatalog
{
    public static MissingValueReplacingEstimator ReplaceMissingValues(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName = null,
        ReplacementMode replacementMode = ReplacementMode.DefaultValue,
        bool imputeBySlot = true) =>
        catalog.ReplaceMissingValues([new(outputColumnName, inputColumnName)], replacementMode, imputeBySlot);

    public static MissingValueReplacingEstimator ReplaceMissingValues(
        this TransformsCatalog catalog,
        InputOutputColumnPair[] columns,
        ReplacementMode replacementMode = ReplacementMode.DefaultValue,
        bool imputeBySlot = true) =>
        new(catalog.Environment, columns, replacementMode, imputeBySlot);
}
