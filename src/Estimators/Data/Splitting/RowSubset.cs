using Microsoft.ML;

namespace Fovea.Data;

/// <summary>Some rows of a view as a view, with the same schema, so that class names and other annotations stay.</summary>
internal static class RowSubset
{
    /// <param name="view">The whole.</param>
    /// <param name="rows">The rows taken, ascending; positions of a cursor that is not shuffled.</param>
    public static IDataView Of(IDataView view, int[] rows) => view is RowView indexed ? IndexedSubset.Of(indexed, rows) : new FilteredView(view, rows);
}
