using Fovea.Detection;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection;

public class ScoreBinsTests
{
    [Fact]
    public void AveragePrecision_CountedByHand_IsThat()
    {
        using var scope = NewDisposeScope();
        // Class 0: two objects; by score right, wrong (a second box on the first object), right: precision 1 up to recall 0.5 (51 of 101
        // points), then 2/3 (50). Class 1: one object, none found, and one box without object: 0. Class 2 is not shown and does not count.
        var truth = tensor(new float[] { 0, 0, 10, 10, 20, 0, 30, 10, 50, 50, 60, 60 }).view(1, 3, 4);
        var targets = new DetectionTargets(truth, tensor(new long[] { 0, 0, 1 }).view(1, 3), ones(1, 3, ScalarType.Bool));
        var boxes = tensor(new float[] { 0, 0, 10, 10, 0, 0, 10, 9, 20, 0, 30, 9, 0, 0, 10, 10, 1, 1, 2, 2 }).view(1, 5, 4);
        var found = new Candidates(boxes, tensor(new[] { 0.9f, 0.8f, 0.7f, 0.6f, 0.5f }).view(1, 5), tensor(new long[] { 0, 0, 0, 1, 2 }).view(1, 5), ones(1, 5, ScalarType.Bool));
        var bins = new ScoreBins(3);
        var sums = bins.Fill(found, targets);
        Assert.Equal([bins.Count], sums.shape);
        Assert.Equal((51 + 50 * 2.0 / 3) / 101 / 2, bins.AveragePrecision(sums.data<double>().ToArray())!.Value, 1e-12);
    }

    [Fact]
    public void AveragePrecision_NothingCounted_IsNone() => Assert.Null(new ScoreBins(2).AveragePrecision(new double[new ScoreBins(2).Count]));

    [Fact]
    public void AveragePrecision_NothingFound_IsZero()
    {
        using var scope = NewDisposeScope();
        var targets = new DetectionTargets(ones(1, 1, 4), zeros(1, 1, ScalarType.Int64), ones(1, 1, ScalarType.Bool));
        var bins = new ScoreBins(1);
        var none = Candidates.Best(zeros(1, 3, 4), zeros(1, 3, 1), new(0, 5));
        Assert.Equal(0, bins.AveragePrecision(bins.Fill(none, targets).data<double>().ToArray()));
    }
}
