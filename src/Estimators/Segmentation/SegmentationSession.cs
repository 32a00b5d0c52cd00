using Fovea.Data;
using static TorchSharp.torch;

namespace Fovea.Segmentation;

/// <summary>Predicts masks: images of one size together, large ones alone and in tiles.</summary>
internal sealed class SegmentationSession(SegmentationPredictor predictor, SegmentationModel model, int capacity) : IPredictionSession<SegmentationPrediction>
{
    private readonly ImagePreprocessor _preprocessor = new(model.Input);
    private readonly List<byte[]> _pixels = [];
    private readonly List<ImagePlacement> _placements = [];

    public SegmentationPrediction[] Predict(ReadOnlySpan<RawImage> images)
    {
        var predictions = new List<SegmentationPrediction>();
        foreach (var image in images)
        {
            var (pixels, placement) = Decode(image);
            if (_pixels.Count > 0 && (_placements[0].Width != placement.Width || _placements[0].Height != placement.Height))
                Flush(predictions);
            _pixels.Add(pixels);
            _placements.Add(placement);
            // A tile is what is sure to fit, so images share a batch as long as they are no more than one together.
            if (_pixels.Count == capacity || (long)(_pixels.Count + 1) * placement.Width * placement.Height > (long)model.Options.TileSize * model.Options.TileSize)
                Flush(predictions);
        }
        Flush(predictions);
        return [.. predictions];
    }

    public void Dispose() { }

    /// <returns>(H, W, C), and how the original lies in it.</returns>
    private (byte[] Pixels, ImagePlacement Placement) Decode(RawImage image)
    {
        if (model.KeepsSize)
        {
            var whole = _preprocessor.Whole(image, out var width, out var height).ToArray();
            return (whole, ImagePlacement.Of(width, height, width, height, ResizeMode.None));
        }
        var pixels = new byte[model.Input.SampleBytes];
        return (pixels, _preprocessor.Process(image, pixels));
    }

    private void Flush(List<SegmentationPrediction> predictions)
    {
        if (_pixels.Count == 0)
            return;
        try
        {
            predictions.AddRange(predictor.Predict(_pixels, _placements));
        }
        finally
        {
            _pixels.Clear();
            _placements.Clear();
        }
    }
}
