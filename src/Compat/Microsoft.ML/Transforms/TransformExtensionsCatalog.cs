using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms that copy, choose and join columns.</summary>
public static class TransformExtensionsCatalog
{
    public static ColumnCopyingEstimator CopyColumns(this TransformsCatalog catalog, string outputColumnName, string inputColumnName) =>
        new(catalog.Environment, outputColumnName, inputColumnName);

    public static ColumnConcatenatingEstimator Concatenate(this TransformsCatalog catalog, string outputColumnName, params string[] inputColumnNames) =>
        new(catalog.Environment, outputColumnName, inputColumnNames);

    public static ColumnSelectingEstimator DropColumns(this TransformsCatalog catalog, params string[] columnNames) =>
        new(catalog.Environment, new(columnNames, Keep: false, KeepHidden: false));

    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, string[] columnNames, bool keepHidden) =>
        new(catalog.Environment, new(columnNames, Keep: true, keepHidden));

    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, params string[] columnNames) =>
        new(catalog.Environment, new(columnNames, Keep: true, KeepHidden: false));
}
