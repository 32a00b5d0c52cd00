using Fovea.Data;
using static TorchSharp.torch;

namespace Fovea.Detection;

/// <summary>Detects objects in images decoded together into one tensor, and remembers how each lay in it.</summary>
internal sealed class DetectionSession : IPredictionSession<DetectionPrediction>
{
    private readonly DetectionPredictor _predictor;
    private readonly ImageInput _input;
    private readonly BatchCollector? _collector;
    // For one image at a time, managed memory alone: a prediction engine never disposes the row that holds this.
    private readonly ImagePreprocessor? _preprocessor;
    private readonly byte[] _pixels = [];

    /// <param name="predictor">The network.</param>
    /// <param name="input">What it wants to see.</param>
    /// <param name="capacity">The most images together.</param>
    public DetectionSession(DetectionPredictor predictor, ImageInput input, int capacity)
    {
        (_predictor, _input) = (predictor, input);
        if (capacity > 1)
        {
            _collector = new BatchCollector(input, capacity, channelsLast: true);
            return;
        }
        _preprocessor = new ImagePreprocessor(input);
        _pixels = new byte[input.SampleBytes];
    }

    public DetectionPrediction[] Predict(ReadOnlySpan<RawImage> images)
    {
        if (_collector is not null)
            return _predictor.Predict(_collector.ToTensor(images), _collector.Placements);
        var placement = _preprocessor!.Process(images[0], _pixels);
        using var scope = NewDisposeScope();
        var pixels = tensor(_pixels, [1, _input.Height, _input.Width, _input.Channels], ScalarType.Byte).permute(0, 3, 1, 2);    // (1, C, H, W)
        return _predictor.Predict(pixels, [placement]);
    }

    public void Dispose() => _collector?.Dispose();
}
