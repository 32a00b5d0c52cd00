using Fovea.Data;
using Fovea.Detection.Networks;
using Fovea.Training;
using static TorchSharp.torch;

namespace Fovea.Detection;

/// <summary>From decoded images to the objects in their originals. May be called by several threads at once.</summary>
internal sealed class DetectionPredictor(DetectionNetwork network, PixelNormalizer normalizer, DetectionOptions options, Device device, Precision precision)
{
    /// <param name="images">(N, C, H, W), uint8.</param>
    /// <param name="placements">How the originals lie in them.</param>
    public DetectionPrediction[] Predict(Tensor images, ReadOnlySpan<ImagePlacement> placements)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var pixels = normalizer.Normalize(images.to(device));                                   // (N, C, H, W) float32
        Candidates found;
        using (MixedPrecision.Enter(precision, device))
            found = network.Predict(pixels, CandidateLimits.Of(options));
        // TorchSharp's accessors cannot read a tensor without elements.
        if (found.Exist.numel() == 0)
            return [.. placements.ToArray().Select(_ => new DetectionPrediction([], [], []))];
        found = found.Suppress(options.IouThreshold, options.MaxDetections);
        var (boxes, scores) = (found.Boxes.cpu().contiguous().data<float>().ToArray(), found.Scores.cpu().contiguous().data<float>().ToArray());
        var (labels, exist) = (found.Labels.cpu().contiguous().data<long>().ToArray(), found.Exist.cpu().contiguous().data<bool>().ToArray());
        var predictions = new DetectionPrediction[placements.Length];
        var most = exist.Length / placements.Length;
        for (var n = 0; n < placements.Length; n++)
            predictions[n] = Restore(placements[n], n * most, most);
        return predictions;

        DetectionPrediction Restore(ImagePlacement placement, int first, int count)
        {
            var (ownLabels, ownScores, ownBoxes) = (new List<int>(), new List<float>(), new List<float>());
            for (var i = first; i < first + count; i++)
            {
                if (!exist[i])
                    continue;
                var box = placement.ToSource(new SampleBox(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3], (int)labels[i]));
                // Beside the image, in the margin of a letterbox, there is nothing to find.
                if (!(box.Width > 0 && box.Height > 0))
                    continue;
                ownLabels.Add(box.Label);
                ownScores.Add(scores[i]);
                ownBoxes.AddRange([box.X0, box.Y0, box.X1, box.Y1]);
            }
            return new([.. ownLabels], [.. ownScores], [.. ownBoxes]);
        }
    }
}
