using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using static Microsoft.ML.Transforms.MissingValueReplacingEstimator;

namespace Fovea.Tests.Compat.Transforms;

public sealed class ReplaceMissingValuesTests
{
    private sealed class Row
    {
        public float Number { get; set; }
        [VectorType(2)] public float[] Pair { get; set; } = [0, 0];
        public string Text { get; set; } = "";
    }

    private readonly MLContext ml = new(1);
    private readonly IDataView data;

    public ReplaceMissingValuesTests() => data = ml.Data.LoadFromEnumerable(new Row[]
    {
        new() { Number = 2, Pair = [1, float.NaN] }, new() { Number = float.NaN, Pair = [float.NaN, 8] }, new() { Number = 1, Pair = [3, 4] }, new() { Number = 2, Pair = [2, 0] },
    });

    [Theory]
    [InlineData(ReplacementMode.DefaultValue, 0)]
    [InlineData(ReplacementMode.Mean, 5 / 3f)]
    [InlineData(ReplacementMode.Minimum, 1)]
    [InlineData(ReplacementMode.Maximum, 2)]
    public void Scalar_Mode_FillsIn(ReplacementMode mode, float expected)
    {
        var view = ml.Transforms.ReplaceMissingValues("Out", "Number", mode).Fit(data).Transform(data);
        Assert.Equal([2f, expected, 1f, 2f], view.Values<float>("Out"));
    }

    [Fact]
    public void Vector_BySlot_TakesTheMeanOfEachSlot()
    {
        var view = ml.Transforms.ReplaceMissingValues("Out", "Pair", ReplacementMode.Mean).Fit(data).Transform(data);
        Assert.Equal([[1, 4], [2, 8], [3, 4], [2, 0]], view.Values<float[]>("Out"));
    }

    [Fact]
    public void Vector_NotBySlot_TakesTheMeanOfAll()
    {
        var view = ml.Transforms.ReplaceMissingValues("Out", "Pair", ReplacementMode.Mean, imputeBySlot: false).Fit(data).Transform(data);
        Assert.Equal([[1, 3], [3, 8], [3, 4], [2, 0]], view.Values<float[]>("Out"));
    }

    [Fact]
    public void Input_OfText_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.ReplaceMissingValues("Out", "Text").Fit(data));

    [Fact]
    public void Model_SavedAndLoaded_ReplacesAlike() =>
        Assert.Equal([[1, 4], [2, 8], [3, 4], [2, 0]],
            ml.Transforms.ReplaceMissingValues("Out", "Pair", ReplacementMode.Mean).Fit(data).SavedAndLoaded(data).Transform(data).Values<float[]>("Out"));
}
