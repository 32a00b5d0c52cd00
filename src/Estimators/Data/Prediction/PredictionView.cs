using Microsoft.ML;

namespace Fovea.Data;

/// <summary>A view with the mapper's columns added, predicted in batches as its cursor moves. Not shuffled: the order is its source's.</summary>
internal sealed class PredictionView<TPrediction>(PredictionMapper<TPrediction> mapper, IDataView source) : IDataView
{
    public DataViewSchema Schema => mapper.OutputSchema;

    public bool CanShuffle => false;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = columnsNeeded.ToList();
        var handed = mapper.HandedThrough(needed).ToHashSet();
        var rows = source.GetRowCursor(source.Schema.Where(c => handed.Contains(c.Index)));
        // Its own cursor runs ahead by a batch, so that no other column has to be kept meanwhile.
        var ahead = needed.Any(mapper.IsAdded) ? source.GetRowCursor(mapper.Needed) : null;
        return new PredictionCursor<TPrediction>(mapper, rows, ahead, needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];
}
