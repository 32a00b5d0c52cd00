using TorchSharp;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>
/// Predicts every view and combines what comes of it. Sums are float64, so that what all views agree on comes out unchanged:
/// no sum of up to 2^29 equal float32 numbers is rounded, nor is its quotient.
/// </summary>
internal static class TestTimePrediction
{
    /// <summary>Of whole images.</summary>
    /// <param name="images">(N, C, H', W') of the views' frame.</param>
    /// <param name="views">At least one.</param>
    /// <param name="combination">Mean or vote.</param>
    /// <param name="predict">(N, C, H, W) to probabilities (N, K).</param>
    /// <returns>(N, K), float64, adding up to 1 as the probabilities do. The caller's to dispose.</returns>
    public static Tensor Classes(Tensor images, IReadOnlyList<TestTimeView> views, ViewCombination combination, Func<Tensor, Tensor> predict)
    {
        using var scope = NewDisposeScope();
        Tensor? sum = null, votes = null;
        foreach (var view in views)
        {
            using var step = NewDisposeScope();
            var probabilities = predict(view.Apply(images)).to(ScalarType.Float64);        // (N, K)
            sum ??= zeros_like(probabilities).MoveToOuterDisposeScope();
            sum.add_(probabilities);
            if (combination != ViewCombination.Vote)
                continue;
            votes ??= zeros_like(probabilities).MoveToOuterDisposeScope();
            votes.add_(Votes(probabilities));
        }
        return Combine(sum!, votes, views.Count).MoveToOuterDisposeScope();
    }

    /// <summary>Of each pixel, from the views that show it.</summary>
    /// <param name="images">(N, C, H', W') of the views' frame.</param>
    /// <param name="views">That show every pixel of the frame.</param>
    /// <param name="combination">Mean, or vote between K of at least 2.</param>
    /// <param name="predict">(N, C, H, W) to probabilities (N, K, H, W).</param>
    /// <returns>(N, K, H', W'), float64. The caller's to dispose.</returns>
    public static Tensor Maps(Tensor images, IReadOnlyList<TestTimeView> views, ViewCombination combination, Func<Tensor, Tensor> predict)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (images.size(2), images.size(3));
        var counts = zeros(1, 1, height, width, ScalarType.Float64, images.device);        // (1, 1, H', W')
        Tensor? sum = null, votes = null;
        foreach (var view in views)
        {
            using var step = NewDisposeScope();
            var (map, top, left) = view.Undo(predict(view.Apply(images)).to(ScalarType.Float64)); // (N, K, h, w)
            Tensor Place(Tensor frame) => frame.narrow(2, top, map.size(2)).narrow(3, left, map.size(3));
            Tensor Empty() => zeros(map.size(0), map.size(1), height, width, ScalarType.Float64, map.device).MoveToOuterDisposeScope();
            sum ??= Empty();
            Place(sum).add_(map);
            Place(counts).add_(1);
            if (combination != ViewCombination.Vote)
                continue;
            votes ??= Empty();
            Place(votes).add_(Votes(map));
        }
        return Combine(sum!, votes, counts).MoveToOuterDisposeScope();
    }

    /// <summary>1 where a class is the likeliest, along dimension 1.</summary>
    private static Tensor Votes(Tensor probabilities) => zeros_like(probabilities).scatter_(1, probabilities.argmax(1, true), ones_like(probabilities));

    private static Tensor Combine(Tensor sum, Tensor? votes, Scalar views) => votes is null ? sum / views : (votes + sum / views) / (views.ToDouble() + 1);

    private static Tensor Combine(Tensor sum, Tensor? votes, Tensor views) => votes is null ? sum / views : (votes + sum / views) / (views + 1);
}
