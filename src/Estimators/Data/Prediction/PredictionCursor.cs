using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>Moves over the rows while a second cursor, a batch ahead, feeds the network.</summary>
internal sealed class PredictionCursor<TPrediction> : DataViewRowCursor
{
    private readonly PredictionMapper<TPrediction> _mapper;
    private readonly DataViewRowCursor _rows;
    private readonly DataViewRowCursor? _ahead;
    private readonly IPredictionBatch<TPrediction>? _batch;
    private readonly bool[] _active;
    private TPrediction[] _predictions = [];
    private int _index = -1;

    public PredictionCursor(PredictionMapper<TPrediction> mapper, DataViewRowCursor rows, DataViewRowCursor? ahead, IEnumerable<DataViewSchema.Column> active)
    {
        _mapper = mapper;
        _rows = rows;
        _ahead = ahead;
        _batch = ahead is null ? null : mapper.Open(ahead, mapper.BatchSize);
        _active = new bool[mapper.OutputSchema.Count];
        foreach (var column in active)
            _active[column.Index] = true;
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override long Position => _rows.Position;

    public override long Batch => _rows.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<DataViewRowId> GetIdGetter() => _rows.GetIdGetter();

    public override bool MoveNext()
    {
        if (!_rows.MoveNext())
            return false;
        if (_ahead is not null && ++_index >= _predictions.Length)
        {
            PredictNext();
            _index = 0;
        }
        return true;
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active in this cursor.");
        return _mapper.IsAdded(column)
            ? _mapper.Getter<TValue>(column, () => _predictions[_index])
            : _rows.GetGetter<TValue>(_mapper.InputSchema[column.Index]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _batch?.Dispose();
            _ahead?.Dispose();
            _rows.Dispose();
        }
        base.Dispose(disposing);
    }

    private void PredictNext()
    {
        var count = 0;
        for (; count < _mapper.BatchSize && _ahead!.MoveNext(); count++)
            _batch!.Add();
        if (count == 0)
            throw new InvalidOperationException("The data view gave fewer rows the second time it was read. A view must give the same rows each time.");
        _predictions = _batch!.Predict();
    }
}
