using Fovea.Detection;
using Fovea.Tests.Backbones;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection;

/// <summary>The numbers of tests/Reference/estimators/faster_rcnn.py.</summary>
internal static class Torchvision
{
    public sealed record PoolingCase(int Size, int Points, bool Aligned, double[] Values, double[] Gradient);

    public sealed record LevelNumbers(float[][] Boxes, long[] From4, long[] From8);

    public sealed record PoolingNumbers(float[][] Regions, PoolingCase[] Align, PoolingCase[] Max, LevelNumbers Levels);

    public sealed record AnchorCase(double[][] Sizes, double[] Ratios, long Height, long Width, long[][] Grids, double[] Anchors);

    public sealed record CodeCase(double Center, double Side, double[] Encoded, double[] Decoded, double[] Gradient);

    public sealed record CodeNumbers(float[][] Boxes, float[][] Others, CodeCase[] Cases);

    public sealed record MatchCase(double High, double Low, bool Every, long[] Matches);

    public sealed record MatchNumbers(float[][] Boxes, float[][] Truths, MatchCase[] Cases);

    public sealed record ProposalNumbers(long[] Counts, double[][] Boxes, double[][] Scores, double[] Losses, double[][] Gradients);

    public sealed record HeadNumbers(double[] Losses, double[][] Gradients);

    public sealed record NetworkCase(int Layers, int Width, int Head, int Stride, double[]? Sizes, double[][] Maps, double[][][] Proposals, double[][][] Detections,
        double[] Losses, Dictionary<string, double[]> Gradients);

    public sealed record All(Dictionary<string, long> Parameters, PoolingNumbers Pooling, AnchorCase[] Anchors, CodeNumbers Codes, MatchNumbers Matching,
        ProposalNumbers Proposals, HeadNumbers Heads, NetworkCase[] Networks);

    private static readonly Lazy<All> _numbers = new(() => Expected.Read<All>("faster_rcnn.json"));

    public static All Numbers => _numbers.Value;

    public static Tensor Noise(string name, params long[] shape) =>
        tensor(Array.ConvertAll(Formula.Noise(name, shape.Aggregate(1L, (a, b) => a * b)), v => (float)v), shape);

    /// <returns>(M, 4).</returns>
    public static Tensor BoxesOf(float[][] boxes) => tensor(boxes.SelectMany(b => b).ToArray(), [boxes.Length, 4]);

    /// <summary>The script's some_boxes.</summary>
    public static Tensor SomeBoxes(string name, long count, double side = 100)
    {
        var v = Noise(name, count, 4) + 0.5;
        var corner = v.narrow(1, 0, 2) * side * 0.8;
        return cat([corner, corner + 1 + v.narrow(1, 2, 2) * side * 0.5], 1);
    }

    /// <summary>Objects of each image, all of class 0 unless told otherwise.</summary>
    public static DetectionTargets Targets(Tensor[] boxes, long[][]? labels = null)
    {
        var most = Math.Max(1, boxes.Max(b => b.size(0)));
        var (corners, classes, exist) = (zeros(boxes.Length, most, 4), zeros([boxes.Length, most], ScalarType.Int64), zeros([boxes.Length, most], ScalarType.Bool));
        for (var n = 0; n < boxes.Length; n++)
        {
            var count = boxes[n].size(0);
            corners[n].narrow(0, 0, count).copy_(boxes[n]);
            exist[n].narrow(0, 0, count).fill_(true);
            if (labels is not null)
                classes[n].narrow(0, 0, count).copy_(tensor(labels[n]));
        }
        return new(corners, classes, exist);
    }

    /// <param name="tolerance">Of each number, absolute.</param>
    public static void Same(IReadOnlyList<double> expected, Tensor actual, double tolerance, string? name = null)
    {
        var values = actual.detach().contiguous().data<float>().ToArray();
        Assert.Equal(expected.Count, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(expected[i] - values[i]) <= tolerance, $"{name ?? "Number"} {i}: wanted {expected[i]:g8}, got {values[i]:g8}, tolerance {tolerance:g2}");
    }

    public static void SameProbe(double[] expected, string key, Tensor actual, double tolerance) =>
        Expected.Same(new Dictionary<string, double[]> { [key] = expected }, [(key, actual)], tolerance);
}
