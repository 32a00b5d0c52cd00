using Microsoft.ML;

namespace Fovea.Generation;

/// <summary>A view with the generated images added, made in batches as its cursor moves. Not shuffled: the order is its source's.</summary>
internal sealed class LatentView(LatentMapper mapper, IDataView source) : IDataView
{
    public DataViewSchema Schema => mapper.OutputSchema;

    public bool CanShuffle => false;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = columnsNeeded.ToList();
        var handed = needed.Where(c => !mapper.IsAdded(c)).Select(c => c.Index).ToHashSet();
        var rows = source.GetRowCursor(source.Schema.Where(c => handed.Contains(c.Index)));
        // Its own cursor runs ahead by a batch, so that no other column has to be kept meanwhile.
        var latents = needed.Any(mapper.IsAdded) ? source.GetRowCursor(mapper.Needed) : null;
        return new LatentCursor(mapper, rows, latents, needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];
}
