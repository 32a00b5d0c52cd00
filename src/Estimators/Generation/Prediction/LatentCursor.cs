using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Generation;

/// <summary>Moves over the rows while a second cursor, a batch ahead, feeds the generator.</summary>
internal sealed class LatentCursor : DataViewRowCursor
{
    private readonly LatentMapper _mapper;
    private readonly DataViewRowCursor _rows;
    private readonly DataViewRowCursor? _latents;
    private readonly LatentReader? _reader;
    private readonly bool[] _active;
    private GeneratedPicture[] _batch = [];
    private int _index = -1;

    public LatentCursor(LatentMapper mapper, DataViewRowCursor rows, DataViewRowCursor? latents, IEnumerable<DataViewSchema.Column> active)
    {
        _mapper = mapper;
        _rows = rows;
        _latents = latents;
        _reader = latents is null ? null : new LatentReader(latents, mapper);
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
        if (_latents is not null && ++_index >= _batch.Length)
        {
            GenerateNext();
            _index = 0;
        }
        return true;
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active in this cursor.");
        return _mapper.IsAdded(column)
            ? LatentMapper.Getter<TValue>(column, () => _batch[_index])
            : _rows.GetGetter<TValue>(_mapper.InputSchema[column.Index]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _latents?.Dispose();
            _rows.Dispose();
        }
        base.Dispose(disposing);
    }

    private void GenerateNext()
    {
        var rows = new List<(float[] Latent, int Label)>();
        while (rows.Count < _mapper.Options.BatchSize && _latents!.MoveNext())
            rows.Add(_reader!.Read());
        if (rows.Count == 0)
            throw new InvalidOperationException("The data view gave fewer rows the second time it was read. A view must give the same rows each time.");
        _batch = _mapper.Generate(rows);
    }
}
