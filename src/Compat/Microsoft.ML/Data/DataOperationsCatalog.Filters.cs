using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    /// <summary>The rows whose number is at least the lower and below the upper bound; NaN is in no such interval.</summary>
    public IDataView FilterRowsByColumn(
        IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
    {
        Check.Value(input, nameof(input));
        Check.NonEmpty(columnName, nameof(columnName));
        Check.Param(lowerBound < upperBound, nameof(upperBound), "Must be less than lowerBound");
        var column = input.Schema[columnName];
        if (column.Type is not NumberDataViewType)
            throw Errors.SchemaMismatch(nameof(columnName), "filter", columnName, "number", column.Type.ToString());
        Check.Param(RowTests.HasNumber(column.Type), nameof(columnName), $"Column '{columnName}' does not have compatible type: {column.Type} is neither Single nor Double");
        return Filter(input, RowTests.InInterval(column, new(lowerBound, upperBound, IncludesUpper: false)));
    }

    /// <summary>The rows whose key, as the fraction (key - 0.5) / count, is at least the lower and below the upper bound.</summary>
    public IDataView FilterRowsByKeyColumnFraction(IDataView input, string columnName, double lowerBound = 0, double upperBound = 1)
    {
        Check.Value(input, nameof(input));
        Check.NonEmpty(columnName, nameof(columnName));
        Check.Param(lowerBound is >= 0 and <= 1, nameof(lowerBound), "Must be in [0, 1]");
        Check.Param(upperBound is >= 0 and <= 1, nameof(upperBound), "Must be in [0, 1]");
        Check.Param(lowerBound <= upperBound, nameof(upperBound), "Must be no less than lowerBound");
        var column = input.Schema[columnName];
        if (column.Type is not KeyDataViewType)
            throw Errors.SchemaMismatch(nameof(columnName), "filter", columnName, "KeyType", column.Type.ToString());
        return Filter(input, RowTests.InInterval(column, new(lowerBound, upperBound, IncludesUpper: false)));
    }

    /// <summary>The rows that have no NaN and no missing key in these columns.</summary>
    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        Check.Value(input, nameof(input));
        Check.NonEmpty(columns, nameof(columns));
        var tested = new List<DataViewSchema.Column>();
        foreach (string name in columns)
        {
            var column = input.Schema.GetColumnOrNull(name) ?? throw Errors.Param(nameof(columns), $"Source column '{name}' not found");
            Check.Param(!tested.Any(t => t.Index == column.Index), nameof(columns), $"Source column '{name}' specified multiple times");
            Check.Param(RowTests.HasNumber(column.Type.ItemType()), nameof(columns),
                $"Column '{name}' has type {column.Type} which does not support missing values, so we cannot filter on them");
            tested.Add(column);
        }
        return Filter(input, RowTests.Complete(tested));
    }

    private static RowFilter Filter(IDataView input, RowTest test) => new(input, test);
}
