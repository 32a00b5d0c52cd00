using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Generation;

/// <summary>Latent vectors read row by row, with their classes where the model has any, and made into images together.</summary>
/// <param name="predictor">Makes the images.</param>
/// <param name="row">With the columns active.</param>
/// <param name="column">The vectors.</param>
/// <param name="size">Z, the numbers in each.</param>
/// <param name="label">Reads the class; null where the model has none.</param>
internal sealed class LatentBatch(GanPredictor predictor, DataViewRow row, DataViewSchema.Column column, int size, LabelReader? label) : IPredictionBatch<GeneratedPicture>
{
    private readonly ValueGetter<VBuffer<float>> _latent = row.GetGetter<VBuffer<float>>(column);
    private readonly List<float[]> _latents = [];
    private readonly List<int> _labels = [];
    private VBuffer<float> _buffer;

    /// <exception cref="InvalidDataException">The vector has another length, or a number that is not finite; or the label is none of the classes.</exception>
    public void Add()
    {
        _latent(ref _buffer);
        if (_buffer.Length != size)
            throw new InvalidDataException($"The latent vector in row {row.Position} of column '{column.Name}' has {_buffer.Length} numbers; the model takes {size}.");
        var latent = _buffer.DenseValues().ToArray();
        var wrong = Array.FindIndex(latent, x => !float.IsFinite(x));
        if (wrong >= 0)
            throw new InvalidDataException($"The latent vector in row {row.Position} of column '{column.Name}' has {latent[wrong]} at place {wrong}; every number must be finite.");
        if (label is not null)
            _labels.Add(label.Read());
        _latents.Add(latent);
    }

    public GeneratedPicture[] Predict()
    {
        float[][] latents = [.. _latents];
        int[]? labels = label is null ? null : [.. _labels];
        _latents.Clear();
        _labels.Clear();
        return predictor.Generate(latents, labels);
    }

    public void Dispose()
    {
    }
}
