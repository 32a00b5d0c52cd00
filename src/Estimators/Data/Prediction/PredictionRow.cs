using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Fovea.Data;

/// <summary>One row with its prediction, made when first asked for at each position.</summary>
internal sealed class PredictionRow<TPrediction> : DataViewRow
{
    private readonly PredictionMapper<TPrediction> _mapper;
    private readonly DataViewRow _input;
    private readonly bool[] _active;
    private readonly ImageBatchReader? _reader;
    private TPrediction _prediction = default!;
    private long _predicted = -1;

    public PredictionRow(PredictionMapper<TPrediction> mapper, DataViewRow input, IEnumerable<DataViewSchema.Column> active)
    {
        _mapper = mapper;
        _input = input;
        _active = new bool[mapper.OutputSchema.Count];
        foreach (var column in active)
            _active[column.Index] = true;
        if (_active.AsSpan(mapper.InputSchema.Count).Contains(true))
            _reader = new ImageBatchReader(input, mapper.Image, mapper.Predictor.Input, capacity: 1);
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
            ? _mapper.Getter<TValue>(column, Current)
            : _input.GetGetter<TValue>(_mapper.InputSchema[column.Index]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reader?.Dispose();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    private TPrediction Current()
    {
        // A row outside a cursor stays at one position while its values change, as in a prediction engine.
        if (_input.Position != _predicted || _input is not DataViewRowCursor)
        {
            using var scope = NewDisposeScope();
            _reader!.Clear();
            _reader.Add();
            _prediction = _mapper.Predictor.Predict(_reader.ToTensor())[0];
            _predicted = _input.Position;
        }
        return _prediction;
    }
}
