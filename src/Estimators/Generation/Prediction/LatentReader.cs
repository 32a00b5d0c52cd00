using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Generation;

/// <summary>Reads latent vectors, and their classes where the model has any, row by row.</summary>
internal sealed class LatentReader
{
    private readonly DataViewRow _row;
    private readonly LatentMapper _mapper;
    private readonly ValueGetter<VBuffer<float>> _latent;
    private readonly LabelReader? _label;
    private VBuffer<float> _buffer;

    /// <param name="row">With the mapper's columns active.</param>
    /// <param name="mapper">Knows them.</param>
    public LatentReader(DataViewRow row, LatentMapper mapper)
    {
        _row = row;
        _mapper = mapper;
        _latent = row.GetGetter<VBuffer<float>>(mapper.Latent);
        _label = mapper.Label is { } label ? new LabelReader(row, label, mapper.ClassNames) : null;
    }

    /// <returns>Z finite numbers, and the class or -1.</returns>
    /// <exception cref="InvalidDataException">The vector has another length, or a number that is not finite; or the label is none of the classes.</exception>
    public (float[] Latent, int Label) Read()
    {
        _latent(ref _buffer);
        var size = _mapper.Options.LatentSize;
        if (_buffer.Length != size)
            throw new InvalidDataException($"The latent vector in row {_row.Position} of column '{_mapper.Latent.Name}' has {_buffer.Length} numbers; the model takes {size}.");
        var latent = _buffer.DenseValues().ToArray();
        var wrong = Array.FindIndex(latent, x => !float.IsFinite(x));
        if (wrong >= 0)
            throw new InvalidDataException($"The latent vector in row {_row.Position} of column '{_mapper.Latent.Name}' has {latent[wrong]} at place {wrong}; every number must be finite.");
        return (latent, _label?.Read() ?? -1);
    }
}
