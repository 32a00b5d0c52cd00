using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>
/// One row with its prediction, made when first asked for. It is made anew when the row has moved, and when a getter comes
/// back for more: a row outside a cursor may change its values without moving. So all columns of a row cost one prediction.
/// </summary>
internal sealed class PredictionRow<TPrediction> : DataViewRow
{
    private readonly PredictionMapper<TPrediction> _mapper;
    private readonly DataViewRow _input;
    private readonly bool[] _active;
    private readonly IPredictionBatch<TPrediction>? _batch;
    private TPrediction _prediction = default!;
    private long _position = -1;
    private long _made;

    public PredictionRow(PredictionMapper<TPrediction> mapper, DataViewRow input, IEnumerable<DataViewSchema.Column> active)
    {
        _mapper = mapper;
        _input = input;
        _active = new bool[mapper.OutputSchema.Count];
        foreach (var column in active)
            _active[column.Index] = true;
        if (_active.AsSpan(mapper.InputSchema.Count).Contains(true))
            _batch = mapper.Open(input, capacity: 1);
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active in this row.");
        return _mapper.IsAdded(column)
            ? _mapper.Getter<TValue>(column, Current())
            : _input.GetGetter<TValue>(_mapper.InputSchema[column.Index]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _batch?.Dispose();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    private Func<TPrediction> Current()
    {
        var seen = 0L;
        return () =>
        {
            if (_input.Position != _position || seen == _made)
                Predict();
            seen = _made;
            return _prediction;
        };
    }

    private void Predict()
    {
        _batch!.Add();
        _prediction = _batch.Predict()[0];
        _position = _input.Position;
        _made++;
    }
}
