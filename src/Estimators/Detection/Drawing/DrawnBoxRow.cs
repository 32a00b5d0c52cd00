using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Detection.Drawing;

/// <summary>A row with the drawn image added; it is drawn anew whenever it is asked for.</summary>
internal sealed class DrawnBoxRow(DrawnBoxMapper mapper, DataViewRow input, IEnumerable<DataViewSchema.Column> active) : DataViewRow
{
    private readonly bool[] _active = mapper.Active(active);

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => mapper.Getter<TValue>(input, column, _active);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
