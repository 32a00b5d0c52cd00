using Microsoft.ML;

namespace Fovea.Detection.Drawing;

/// <summary>A view with the column of drawn images added. Rows stay in their source's order.</summary>
internal sealed class DrawnBoxView(DrawnBoxMapper mapper, IDataView source) : IDataView
{
    public DataViewSchema Schema => mapper.OutputSchema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = columnsNeeded.ToList();
        return new DrawnBoxCursor(mapper, source.GetRowCursor(mapper.GetDependencies(needed), rand), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var needed = columnsNeeded.ToList();
        return [.. source.GetRowCursorSet(mapper.GetDependencies(needed), n, rand).Select(cursor => new DrawnBoxCursor(mapper, cursor, needed))];
    }
}
