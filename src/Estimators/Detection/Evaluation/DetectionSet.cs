using System.Collections.Concurrent;

namespace Fovea.Detection.Evaluation;

/// <summary>The images of a set with truth and prediction, and the one way to its figures.</summary>
/// <param name="classNames">Names of classes 0 .. K-1.</param>
internal sealed class DetectionSet(IReadOnlyList<string> classNames)
{
    private readonly List<EvaluatedImage> _images = [];

    /// <summary>In any order.</summary>
    public void Add(EvaluatedImage image) => _images.Add(image);

    public IReadOnlyList<string> ClassNames => classNames;

    /// <summary>As they came, until they are evaluated.</summary>
    public IReadOnlyList<EvaluatedImage> Images => _images;

    public DetectionMetrics Evaluate(DetectionEvaluation options)
    {
        _images.Sort();
        var (hits, verdicts) = Match(options);
        var scores = Collect(hits, verdicts);
        var classes = new DetectionClassMetrics[classNames.Count];
        Parallel.For(0, classNames.Count, Parallelism(options), k =>
        {
            scores[k].Sort();
            classes[k] = new DetectionClassMetrics(classNames[k], scores[k], options);
        });
        var confusion = new DetectionConfusion(classNames.Count, options);
        foreach (var image in _images)
            confusion.Add(image);
        return new DetectionMetrics(classes, confusion.Counts, _images.Count, options);
    }

    /// <returns>Of each image what its predictions are worth.</returns>
    private (CocoHit[][] Hits, VocVerdict[][] Verdicts) Match(DetectionEvaluation options)
    {
        var (hits, verdicts) = (new CocoHit[_images.Count][], new VocVerdict[_images.Count][]);
        Parallel.ForEach(Partitioner.Create(0, Math.Max(1, _images.Count)), Parallelism(options), part =>
        {
            var coco = new CocoMatching();
            var voc = new VocMatching(options.IoU, options.InclusivePixels ? 1 : 0);
            for (var i = part.Item1; i < Math.Min(part.Item2, _images.Count); i++)
            {
                var image = _images[i];
                var (hitsOf, verdictsOf) = (new CocoHit[image.Predictions.Length], new VocVerdict[image.Predictions.Length]);
                image.ForEachClass((t, p) =>
                {
                    coco.Match(image.Predictions[p], image.Truths[t], hitsOf.AsSpan(p));
                    voc.Match(image.Predictions[p], image.Truths[t], verdictsOf.AsSpan(p));
                });
                (hits[i], verdicts[i]) = (hitsOf, verdictsOf);
            }
        });
        return (hits, verdicts);
    }

    private ClassScores[] Collect(CocoHit[][] hits, VocVerdict[][] verdicts)
    {
        var counts = new int[classNames.Count];
        foreach (var image in _images)
            foreach (var p in image.Predictions)
                counts[p.Label]++;
        ClassScores[] scores = [.. counts.Select(n => new ClassScores(n))];
        for (var i = 0; i < _images.Count; i++)
        {
            foreach (var truth in _images[i].Truths)
            {
                var of = scores[truth.Label];
                of.Objects++;
                if (!truth.IsIgnored)
                    of.VocObjects++;
                for (var area = 0; area < of.CocoObjects.Length; area++)
                    if (!CocoMatching.IsIgnored(truth, area))
                        of.CocoObjects[area]++;
            }
            var predictions = _images[i].Predictions;
            for (int p = 0, rank = 0; p < predictions.Length; p++, rank++)
            {
                if (p > 0 && predictions[p - 1].Label != predictions[p].Label)
                    rank = 0;
                scores[predictions[p].Label].Add(predictions[p].Score, rank, hits[i][p], verdicts[i][p]);
            }
        }
        return scores;
    }

    private static ParallelOptions Parallelism(DetectionEvaluation options) => new() { CancellationToken = options.Cancellation };
}
