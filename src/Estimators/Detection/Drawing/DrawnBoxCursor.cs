using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Detection.Drawing;

/// <summary>Moves with the source's cursor and draws what is asked for.</summary>
internal sealed class DrawnBoxCursor(DrawnBoxMapper mapper, DataViewRowCursor input, IEnumerable<DataViewSchema.Column> active) : DataViewRowCursor
{
    private readonly bool[] _active = mapper.Active(active);

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override bool MoveNext() => input.MoveNext();

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
