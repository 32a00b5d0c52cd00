using Fovea.Data;
using Microsoft.ML;
using static TorchSharp.torch;

namespace Fovea.Generation.Evaluation;

/// <summary>Reads both views and measures everything that <see cref="GenerationMetrics"/> has.</summary>
internal static class FeatureComparison
{
    public static GenerationMetrics Measure(IDataView generated, IDataView real, IFeatureSource source, GenerationEvaluation options)
    {
        using var made = FeatureSet.Read(generated, options.GeneratedColumn, source, options.Cancellation);
        using var truth = FeatureSet.Read(real, options.RealColumn, source, options.Cancellation);
        using var scope = NewDisposeScope();
        var (first, second) = Halves(truth, options.Seed);
        var (precision, recall) = FeatureManifold.PrecisionAndRecall(truth.Features, made.Features, options.Neighbors);
        return new(source.ClassNames, made.ClassCounts)
        {
            FrechetDistance = FrechetDistance.Of(truth.Features, made.Features),
            FrechetFloor = FrechetDistance.Of(first, second),
            KernelDistance = KernelDistance.Of(truth.Features, made.Features),
            KernelFloor = KernelDistance.Of(first, second),
            Precision = precision,
            Recall = recall,
            GeneratedImages = made.Count,
            RealImages = truth.Count,
            Features = (int)truth.Features.size(1),
        };
    }

    private static (Tensor First, Tensor Second) Halves(FeatureSet set, int seed)
    {
        var order = Enumerable.Range(0, (int)set.Count).Select(i => (long)i).ToArray();
        new Random(seed).Shuffle(order);
        var half = order.Length / 2;
        return (set.Features.index_select(0, tensor(order[..half])), set.Features.index_select(0, tensor(order[half..])));
    }
}
