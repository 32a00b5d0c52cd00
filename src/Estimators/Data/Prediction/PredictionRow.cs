using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

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
    private readonly RawImageReader? _image;
    // Managed memory alone: a prediction engine never disposes the row it reads from.
    private readonly RawImage _raw = new();
    private readonly ImagePreprocessor _preprocessor;
    private readonly byte[] _pixels;
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
        _preprocessor = new ImagePreprocessor(mapper.Predictor.Input);
        _pixels = new byte[mapper.Predictor.Input.SampleBytes];
        if (_active.AsSpan(mapper.InputSchema.Count).Contains(true))
            _image = RawImageReader.Create(input, mapper.Image);
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
            _input.Dispose();
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
        _image!.Read(_raw);
        _preprocessor.Process(_raw, _pixels);
        using var scope = NewDisposeScope();
        var input = _mapper.Predictor.Input;
        var images = tensor(_pixels, [1, input.Height, input.Width, input.Channels], ScalarType.Byte).permute(0, 3, 1, 2); // (1, C, H, W)
        _prediction = _mapper.Predictor.Predict(images)[0];
        _position = _input.Position;
        _made++;
    }
}
