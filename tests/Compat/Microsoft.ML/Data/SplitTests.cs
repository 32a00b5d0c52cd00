using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Data;

public sealed class SplitTests
{
    private static readonly MLContext s_ml = new(1);

    /// <summary>The rows that Microsoft.ML 5.0.0 puts into the test set (fraction 0.3, seed 5), by sampling key.</summary>
    public static TheoryData<string?, int[]> TestRows() => new()
    {
        { null, [1, 2, 7, 14, 15, 16, 17] },
        { "Weekday", [0, 1, 7, 8, 14, 15] },
        { "Group", [] },
        { "Key", [0, 5, 10, 15] },
        { "Even", [0, 2, 4, 6, 8, 10, 12, 14, 16, 18] },
        { "Big", [0, 9, 13, 14] },
        { "Half", [0, 1, 2, 3, 4, 5] },
    };

    [Theory]
    [MemberData(nameof(TestRows))]
    public void TrainTestSplit_SeedAndKey_DetermineTheRows(string? samplingKey, int[] test)
    {
        var split = s_ml.Data.TrainTestSplit(TwentyRows.Load(s_ml), 0.3, samplingKey, 5);

        Assert.Equal(test, Numbers.Of(split.TestSet));
        Assert.Equal(Enumerable.Range(0, 20).Except(test), Numbers.Of(split.TrainSet));
        Assert.Equal(Numbers.Of(split.TestSet), Numbers.Of(split.TestSet));
    }

    [Fact]
    public void TrainTestSplit_NoSeed_TakesTheContexts()
    {
        var data = TwentyRows.Load(s_ml);

        // As Microsoft.ML 5.0.0: the context's seed 1, or its constant where there is none.
        Assert.Equal([2, 9, 10, 12, 13], Numbers.Of(s_ml.Data.TrainTestSplit(data, 0.3).TestSet));
        Assert.Equal([4, 10, 16], Numbers.Of(s_ml.Data.TrainTestSplit(data, 0.3, "Group").TestSet));
        Assert.Equal([5, 6, 10, 18], Numbers.Of(new MLContext().Data.TrainTestSplit(data, 0.3).TestSet));
    }

    [Fact]
    public void TrainTestSplit_ManyRows_KeepsTheFraction()
    {
        var data = s_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 10000).Select(i => new TwentyRows { Number = i, Group = "g" + i }).ToList());

        int drawn = Numbers.Of(s_ml.Data.TrainTestSplit(data, 0.2, seed: 3).TestSet).Length;
        int hashed = Numbers.Of(s_ml.Data.TrainTestSplit(data, 0.2, "Group", 3).TestSet).Length;

        // Five standard deviations of a binomial variable: 5 * sqrt(10000 * 0.2 * 0.8) = 200.
        Assert.InRange(drawn, 1800, 2200);
        Assert.InRange(hashed, 1800, 2200);
    }

    [Fact]
    public void CrossValidationSplit_Folds_AreDisjointAndComplete()
    {
        var folds = s_ml.Data.CrossValidationSplit(TwentyRows.Load(s_ml), 3, seed: 7);

        // As Microsoft.ML 5.0.0.
        Assert.Equal([3, 16, 17, 19], Numbers.Of(folds[0].TestSet));
        Assert.Equal([1, 4, 7, 11, 15, 18], Numbers.Of(folds[1].TestSet));
        Assert.Equal([0, 2, 5, 6, 8, 9, 10, 12, 13, 14], Numbers.Of(folds[2].TestSet));
        foreach (var fold in folds)
            Assert.Equal(Enumerable.Range(0, 20), Numbers.Of(fold.TrainSet).Concat(Numbers.Of(fold.TestSet)).Order());
    }

    [Fact]
    public void CrossValidationSplit_SamplingKey_KeepsGroupsTogether()
    {
        var data = TwentyRows.Load(s_ml);

        foreach (var fold in s_ml.Data.CrossValidationSplit(data, 4, "Group", 2))
            Assert.Empty(fold.TrainSet.GetColumn<string>("Group").Intersect(fold.TestSet.GetColumn<string>("Group")));
    }

    [Fact]
    public void Split_BadArguments_Throw()
    {
        var data = TwentyRows.Load(s_ml);

        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.TrainTestSplit(data, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.TrainTestSplit(data, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.CrossValidationSplit(data, 1));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.TrainTestSplit(data, 0.3, "Absent"));
        Assert.Contains("Could not find SamplingKeyColumn column 'Absent'", error.Message);
    }
}
