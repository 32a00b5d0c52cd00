using System.Runtime.InteropServices;
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
    private readonly string? _proposals;

    /// <param name="predictor">The network.</param>
    /// <param name="input">What it wants to see.</param>
    /// <param name="capacity">The most images together.</param>
    /// <param name="proposals">The column of proposals, which follow each image; null where the network proposes.</param>
    public DetectionSession(DetectionPredictor predictor, ImageInput input, int capacity, string? proposals = null)
    {
        (_predictor, _input, _proposals) = (predictor, input, proposals);
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
        if (_proposals is null)
            return Predict(images, null);
        var own = new RawImage[images.Length / 2];
        var proposals = new List<SampleBox>[own.Length];
        for (var n = 0; n < own.Length; n++)
        {
            own[n] = images[2 * n];
            var beside = images[2 * n + 1];
            proposals[n] = ProposalReader.Check(MemoryMarshal.Cast<byte, float>(beside.Content), beside.Row, _proposals);
        }
        return Predict(own, proposals);
    }

    private DetectionPrediction[] Predict(ReadOnlySpan<RawImage> images, List<SampleBox>[]? proposals)
    {
        if (_collector is not null)
        {
            var batch = _collector.ToTensor(images);
            Lay(proposals, _collector.Placements, images);
            return _predictor.Predict(batch, _collector.Placements, proposals);
        }
        var placement = _preprocessor!.Process(images[0], _pixels);
        Lay(proposals, [placement], images);
        using var scope = NewDisposeScope();
        var pixels = tensor(_pixels, [1, _input.Height, _input.Width, _input.Channels], ScalarType.Byte).permute(0, 3, 1, 2);    // (1, C, H, W)
        return _predictor.Predict(pixels, [placement], proposals);
    }

    /// <summary>From pixels of the originals to those of the tensor.</summary>
    private static void Lay(List<SampleBox>[]? proposals, ReadOnlySpan<ImagePlacement> placements, ReadOnlySpan<RawImage> images)
    {
        for (var n = 0; proposals is not null && n < proposals.Length; n++)
            proposals[n] = ProposalReader.Lay(CollectionsMarshal.AsSpan(proposals[n]), placements[n], images[n].Row);
    }

    public void Dispose() => _collector?.Dispose();
}
