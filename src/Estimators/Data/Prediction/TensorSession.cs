using static TorchSharp.torch;

namespace Fovea.Data;

/// <summary>Predicts images of one size, decoded together into one tensor.</summary>
internal sealed class TensorSession<TPrediction> : IPredictionSession<TPrediction>
{
    private readonly ITensorPredictor<TPrediction> _predictor;
    private readonly BatchCollector? _collector;
    // For one image at a time, managed memory alone: a prediction engine never disposes the row that holds this.
    private readonly ImagePreprocessor? _preprocessor;
    private readonly byte[] _pixels = [];

    /// <param name="predictor">The network.</param>
    /// <param name="capacity">The most images together.</param>
    public TensorSession(ITensorPredictor<TPrediction> predictor, int capacity)
    {
        _predictor = predictor;
        if (capacity > 1)
        {
            _collector = new BatchCollector(predictor.Input, capacity, channelsLast: true);
            return;
        }
        _preprocessor = new ImagePreprocessor(predictor.Input);
        _pixels = new byte[predictor.Input.SampleBytes];
    }

    public TPrediction[] Predict(ReadOnlySpan<RawImage> images)
    {
        if (_collector is not null)
            return _predictor.Predict(_collector.ToTensor(images));
        _preprocessor!.Process(images[0], _pixels);
        using var scope = NewDisposeScope();
        var input = _predictor.Input;
        return _predictor.Predict(tensor(_pixels, [1, input.Height, input.Width, input.Channels], ScalarType.Byte).permute(0, 3, 1, 2)); // (1, C, H, W)
    }

    public void Dispose() => _collector?.Dispose();
}
