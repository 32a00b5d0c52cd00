using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Fovea.Tests.Compat.Transforms;

public sealed class NormalizeTests
{
    private sealed class Row
    {
        public float Number { get; set; }
        public double Real { get; set; }
        [VectorType(3)] public float[] Triple { get; set; } = [0, 0, 0];
        public string Text { get; set; } = "";
    }

    private readonly MLContext ml = new(1);
    private readonly IDataView data;

    public NormalizeTests() => data = ml.Data.LoadFromEnumerable(new Row[]
    {
        new() { Number = 2, Real = 4, Triple = [1, 2, 7] }, new() { Number = float.NaN, Real = -8, Triple = [3, 0, 7] },
        new() { Number = 1, Real = 0, Triple = [0, 0, 7] }, new() { Number = 2, Real = 2, Triple = [-4, 0, 7] },
    });

    private IDataView Fit(IEstimator<ITransformer> estimator) => estimator.Fit(data).Transform(data);

    [Fact]
    public void MinMax_FixZero_DividesByTheLargestMagnitude()
    {
        var view = Fit(ml.Transforms.NormalizeMinMax("Out", "Triple"));

        Assert.Equal([[0.25f, 1, 0], [0.75f, 0, 0], [0, 0, 0], [-1, 0, 0]], view.Values<float[]>("Out"));
        Assert.True(view.Schema["Out"].IsNormalized());
        Assert.Equal([0.5, -1, 0, 0.25], Fit(ml.Transforms.NormalizeMinMax("Out", "Real")).Values<double>("Out"));
        Assert.Equal([1f, float.NaN, 0.5f, 1f], Fit(ml.Transforms.NormalizeMinMax("Out", "Number")).Values<float>("Out"));
    }

    [Fact]
    public void MinMax_NotFixZero_SpansZeroToOne()
    {
        var view = Fit(ml.Transforms.NormalizeMinMax("Out", "Triple", fixZero: false));

        // 1/7 is not a binary fraction: one rounding of the scale, one of the product.
        float seventh = 1f / 7;
        Assert.Equal([[5 * seventh, 1, 0], [1, 0, 0], [4 * seventh, 0, 0], [0, 0, 0]], view.Values<float[]>("Out"));
        Assert.Equal([1, 0, 8 / 12.0, 10 / 12.0], Fit(ml.Transforms.NormalizeMinMax("Out", "Real", fixZero: false)).Values<double>("Out"), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void MinMax_Parameters_AreOfAnAffineMap(bool fixZero)
    {
        var model = ml.Transforms.NormalizeMinMax("Out", "Number", fixZero: fixZero).Fit(data);
        var parameters = Assert.IsType<NormalizingTransformer.AffineNormalizerModelParameters<float>>(model.GetNormalizerModelParameters(0));

        Assert.Equal(fixZero ? 0.5f : 1, parameters.Scale);
        Assert.Equal(fixZero ? 0 : 1f, parameters.Offset);
    }

    [Fact]
    public void MinMax_OfVector_GivesParametersOfTheItemType()
    {
        var model = ml.Transforms.NormalizeMinMax("Out", "Triple", fixZero: false).Fit(data);
        var parameters = Assert.IsType<NormalizingTransformer.AffineNormalizerModelParameters<System.Collections.Immutable.ImmutableArray<float>>>(model.GetNormalizerModelParameters(0));

        Assert.Equal([1f / 7, 0.5f, 0], parameters.Scale.ToArray());
        // A constant slot has scale and offset 0.
        Assert.Equal([-4f, 0, 0], parameters.Offset.ToArray());
    }

    [Fact]
    public void MinMax_MaximumExampleCount_StopsReading()
    {
        var view = Fit(ml.Transforms.NormalizeMinMax("Out", "Real", maximumExampleCount: 2));
        Assert.Equal([0.5, -1, 0, 0.25], view.Values<double>("Out"));
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.NormalizeMinMax("Out", "Real", maximumExampleCount: 1));
    }

    [Fact]
    public void MeanVariance_NotFixZero_HasMeanZeroAndUnitDeviation()
    {
        var view = Fit(ml.Transforms.NormalizeMeanVariance("Out", "Real", fixZero: false));

        double mean = -0.5, deviation = Math.Sqrt((16 + 64 + 0 + 4) / 4.0 - 0.25);
        Assert.Equal(new[] { 4, -8, 0, 2.0 }.Select(x => (x - mean) / deviation), view.Values<double>("Out"), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void MeanVariance_FixZero_DividesByTheRootMeanSquare()
    {
        var view = Fit(ml.Transforms.NormalizeMeanVariance("Out", "Triple"));

        float first = (float)(1 / Math.Sqrt(26 / 4.0));
        Assert.Equal([first, 2, 0], view.Values<float[]>("Out")[0], (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal([0f, 0, 0], view.Values<float[]>("Out")[2]);
    }

    [Fact]
    public void MeanVariance_Cdf_MapsTheMeanToOneHalf()
    {
        var view = Fit(ml.Transforms.NormalizeMeanVariance("Out", "Triple", useCdf: true));

        // The approximation of erf by Winitzki, as measured with Microsoft.ML 5.0.0.
        float[] measured = [0.65254915f, 0.88030493f, 0.5f, 0.058323946f];
        Assert.Equal(measured, view.Values<float[]>("Out").Select(v => v[0]), (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.All(view.Values<float[]>("Out"), v => Assert.Equal(0, v[2]));
    }

    [Fact]
    public void Input_NotANumber_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.NormalizeMinMax("Out", "Text").Fit(data));

    [Theory]
    [InlineData("Triple", false)]
    [InlineData("Triple", true)]
    public void Model_SavedAndLoaded_NormalizesAlike(string column, bool cdf)
    {
        var model = ml.Transforms.NormalizeMinMax("A", column, fixZero: false)
            .Append(ml.Transforms.NormalizeMeanVariance("B", column, useCdf: cdf))
            .Append(ml.Transforms.NormalizeMinMax("C", "Real", fixZero: false))
            .Append(ml.Transforms.NormalizeMeanVariance("D", "Number", useCdf: cdf))
            .Fit(data);
        var loaded = model.SavedAndLoaded(data).Transform(data);
        var expected = model.Transform(data);

        Assert.Equal(expected.Values<float[]>("A"), loaded.Values<float[]>("A"));
        Assert.Equal(expected.Values<float[]>("B"), loaded.Values<float[]>("B"));
        Assert.Equal(expected.Values<double>("C"), loaded.Values<double>("C"));
        Assert.Equal(expected.Values<float>("D"), loaded.Values<float>("D"));
    }
}
