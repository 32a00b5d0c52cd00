using Fovea.Generation.Evaluation;
using static TorchSharp.torch;

namespace Fovea.Tests.Generation;

public class MeasureTests
{
    private static (Tensor A, Tensor B) Sets => (GanReference.Input("a", 2, 60, 5) + tensor(new[] { 0.3, 0, 0, 0.1, 0 }), GanReference.Input("b", 1.6, 50, 5));

    [Fact]
    public void Distances_OfTwoSets_AreThoseOfNumpyAndSciPy()
    {
        using var scope = NewDisposeScope();
        var (a, b) = Sets;
        var expected = GanReference.Numbers.Measures;
        Assert.Equal(expected.Frechet, FrechetDistance.Of(a, b), 1e-9); // a root of a product against eigenvalues
        Assert.Equal(expected.Kernel, KernelDistance.Of(a, b), 1e-12);
        Assert.Equal((expected.Precision, expected.Recall), FeatureManifold.PrecisionAndRecall(a, b, 3));
    }

    [Fact]
    public void FrechetDistance_SingularCovariance_IsThatOfNumpy()
    {
        using var scope = NewDisposeScope();
        var (a, b) = Sets;
        a.narrow(1, 4, 1).copy_(a.narrow(1, 0, 1));
        // The root of an eigenvalue that is 0 but for rounding, 1e-17, is 3e-9.
        Assert.Equal(GanReference.Numbers.Measures.Singular, FrechetDistance.Of(a, b), 1e-7);
    }

    [Fact]
    public void FrechetDistance_OfOneDimension_IsCountedByHand()
    {
        using var scope = NewDisposeScope();
        // Means 0 and 5, variances 2 and 8: 25 + (√2 − √8)² = 27.
        var a = tensor(new[] { -1.0, 1.0 }).view(2, 1);
        var b = tensor(new[] { 3.0, 7.0 }).view(2, 1);
        Assert.Equal(27, FrechetDistance.Of(a, b), 1e-12);
    }

    [Fact]
    public void Measures_OfASetWithItself_AreThoseOfAPerfectGenerator()
    {
        using var scope = NewDisposeScope();
        var (a, _) = Sets;
        Assert.Equal(0, FrechetDistance.Of(a, a), 1e-9); // the difference of traces of the order of 1
        Assert.Equal((1, 1), FeatureManifold.PrecisionAndRecall(a, a, 3));
    }

    [Fact]
    public void Precision_OfAGeneratorStuckInOnePlace_IsOneAndRecallIsNot()
    {
        using var scope = NewDisposeScope();
        var (a, _) = Sets;
        var stuck = a.narrow(0, 0, 1) + 1e-3 * GanReference.Input("noise", 1, 40, 5);
        var (precision, recall) = FeatureManifold.PrecisionAndRecall(a, stuck, 3);
        Assert.Equal(1, precision);
        Assert.InRange(recall, 0, 1.0 / 60);
    }

    [Fact]
    public void Measures_OfMoreRowsThanABlock_AreThoseOfTheirPermutation()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (GanReference.Input("many", 2, 1100, 4), GanReference.Input("others", 1.7, 1030, 4));
        var (turnedA, turnedB) = (a.flip(0), b.flip(0));
        Assert.Equal(FrechetDistance.Of(a, b), FrechetDistance.Of(turnedA, turnedB), 1e-9);
        Assert.Equal(KernelDistance.Of(a, b), KernelDistance.Of(turnedA, turnedB), 1e-11);
        Assert.Equal(FeatureManifold.PrecisionAndRecall(a, b, 3), FeatureManifold.PrecisionAndRecall(turnedA, turnedB, 3));
    }
}
