using Fovea.Data;
using Fovea.Detection.Networks;
using Fovea.Detection.Proposals;
using Fovea.Training;
using static TorchSharp.torch;

namespace Fovea.Detection;

/// <summary>From decoded images to the objects in their originals. May be called by several threads at once.</summary>
internal sealed class DetectionPredictor(DetectionNetwork network, PixelNormalizer normalizer, DetectionOptions options, Device device, Precision precision)
{
    /// <param name="images">(N, C, H, W), uint8.</param>
    /// <param name="placements">How the originals lie in them.</param>
    /// <param name="proposals">Of each image, in pixels of the images; null where the network proposes.</param>
    public DetectionPrediction[] Predict(Tensor images, ReadOnlySpan<ImagePlacement> placements, IReadOnlyList<List<SampleBox>>? proposals = null)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var pixels = normalizer.Normalize(images.to(device));                                   // (N, C, H, W) float32
        Candidates found;
        using (MixedPrecision.Enter(precision, device))
            found = proposals is null
                ? network.Predict(pixels, CandidateLimits.Of(options))
                : network.Predict(pixels, Lay(proposals, images), CandidateLimits.Of(options));
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

        ProposalBatch Lay(IReadOnlyList<List<SampleBox>> proposals, Tensor images)
        {
            var (height, width) = ((float)images.size(2), (float)images.size(3));
            // What a crop cut off is not there to be looked at.
            var seen = proposals.SelectMany((boxes, n) => boxes.Select(b => (b with { X0 = Math.Max(b.X0, 0), Y0 = Math.Max(b.Y0, 0), X1 = Math.Min(b.X1, width), Y1 = Math.Min(b.Y1, height) }, n)))
                .Where(b => b.Item1 is { Width: > 0, Height: > 0 }).ToList();
            using var batch = new BoxBatch(seen);
            var places = new BatchPlaces(batch.ProposalImages, proposals.Count);
            return new(places.Fill(batch.Proposals).to(device), places.Exist().to(device));
        }

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
