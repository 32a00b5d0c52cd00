using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Evaluation;

public sealed class CrossValidateTests
{
    private sealed class Row
    {
        public int Id { get; set; }
        public float Label { get; set; }
        public string Group { get; set; } = "";
        [VectorType(2)] public float[] Given { get; set; } = [];
        public float PredictedLabel { get; set; }
    }

    private readonly MLContext ml = new(1);
    private readonly IDataView data;

    public CrossValidateTests() => data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Row
    {
        Id = i, Label = i % 2, Group = $"g{i % 8}", Given = i % 4 == 0 ? [0.1f, 0.9f] : [1 - i % 2, i % 2],
    }).ToList());

    private IReadOnlyList<TrainCatalogBase.CrossValidationResult<MulticlassClassificationMetrics>> Run(int folds, string? group = null, int? seed = null) =>
        ml.MulticlassClassification.CrossValidate(data, ml.Transforms.CopyColumns("Score", "Given"), folds, samplingKeyColumnName: group, seed: seed);

    [Fact]
    public void Folds_Together_AreTheWholeSet()
    {
        var results = Run(4);

        Assert.Equal([0, 1, 2, 3], results.Select(r => r.Fold));
        var ids = results.SelectMany(r => r.ScoredHoldOutSet.GetColumn<int>("Id")).ToArray();
        Assert.Equal(Enumerable.Range(0, 40), ids.Order());
        Assert.All(results, r => Assert.NotNull(r.Model));
    }

    [Fact]
    public void Metrics_OfAFold_AreThoseOfItsHoldOutSet()
    {
        Assert.All(Run(3), result =>
        {
            var again = ml.MulticlassClassification.Evaluate(result.ScoredHoldOutSet);
            Assert.Equal(again.MicroAccuracy, result.Metrics.MicroAccuracy);
            Assert.Equal(again.LogLoss, result.Metrics.LogLoss);
        });
    }

    [Fact]
    public void SamplingKey_Given_KeepsGroupsTogether()
    {
        var folds = Run(3, "Group").Select(r => r.ScoredHoldOutSet.GetColumn<string>("Group").ToHashSet()).ToArray();

        for (int i = 0; i < folds.Length; i++)
            for (int j = 0; j < i; j++)
                Assert.Empty(folds[i].Intersect(folds[j]));
    }

    [Fact]
    public void Seed_Equal_GivesEqualFolds()
    {
        int[][] Ids(int seed) => [.. Run(4, seed: seed).Select(r => r.ScoredHoldOutSet.GetColumn<int>("Id").ToArray())];
        Assert.Equal(Ids(7), Ids(7));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void Folds_FewerThanTwo_Throw(int folds) => Assert.Throws<ArgumentOutOfRangeException>(() => Run(folds));
}
