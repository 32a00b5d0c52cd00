using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Generation;

/// <summary>One row with its image, made whenever it is asked for: a row outside a cursor may change its values without moving.</summary>
internal sealed class LatentRow : DataViewRow
{
    private readonly LatentMapper _mapper;
    private readonly DataViewRow _input;
    private readonly bool[] _active;

    public LatentRow(LatentMapper mapper, DataViewRow input, IEnumerable<DataViewSchema.Column> active)
    {
        _mapper = mapper;
        _input = input;
        _active = new bool[mapper.OutputSchema.Count];
        foreach (var column in active)
            _active[column.Index] = true;
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
        if (!_mapper.IsAdded(column))
            return _input.GetGetter<TValue>(_mapper.InputSchema[column.Index]);
        var reader = new LatentReader(_input, _mapper);
        return LatentMapper.Getter<TValue>(column, () => _mapper.Generate([reader.Read()])[0]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }
}
