using System.Globalization;
using Fovea.Reporting;

namespace Fovea.Tests.Reporting.Charts;

public class AxisTicksTests
{
    // By hand: the smallest step of 1, 2, 5 x 10^n with at most 6 ticks; the axis ends in ticks.
    [Theory]
    [InlineData(0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0, 10, "0 2 4 6 8 10")]
    [InlineData(0, 100, "0 20 40 60 80 100")]
    [InlineData(0.13, 0.97, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0.92, 0.93, "0.920 0.922 0.924 0.926 0.928 0.930")]
    [InlineData(-3, 4, "-4 -2 0 2 4")]
    [InlineData(-0.3, 0.3, "-0.4 -0.2 0.0 0.2 0.4")]
    [InlineData(1, 2.3, "1.0 1.5 2.0 2.5")]
    [InlineData(5900, 6400, "5,900 6,000 6,100 6,200 6,300 6,400")]
    [InlineData(0, 3e7, "0 1e+7 2e+7 3e+7")]
    [InlineData(0, 1e-6, "0 2e-7 4e-7 6e-7 8e-7 1e-6")]
    [InlineData(0, 0, "0.0 0.2 0.4 0.6 0.8 1.0")] // one value: a range around it
    [InlineData(5, 5, "4.4 4.6 4.8 5.0 5.2 5.4 5.6")]
    [InlineData(-10, -10, "-11.0 -10.5 -10.0 -9.5 -9.0")]
    public void Linear_Range_HasTheseTicks(double min, double max, string expected) => Assert.Equal(expected, Labels(ChartAxis.Linear([min, max])));

    [Theory]
    [InlineData(1, 10, "1 2 3 4 5 6 7 8 9 10")]
    [InlineData(1, 2, "1 2")]
    [InlineData(1, 1, "1")]
    [InlineData(7, 7, "7")]
    [InlineData(1, 20, "5 10 15 20")]
    [InlineData(1, 150, "20 40 60 80 100 120 140")]
    [InlineData(1, 10_000, "2,000 4,000 6,000 8,000 10,000")]
    public void Whole_Range_HasTheseTicks(double min, double max, string expected) => Assert.Equal(expected, Labels(ChartAxis.Whole([min, max])));

    [Theory]
    [InlineData(0.001, 0.002, "0.001 0.002")]
    [InlineData(0.0003, 0.003, "0.0002 0.0005 0.001 0.002 0.005")]
    [InlineData(3, 4, "2 5")]
    [InlineData(0.01, 1, "0.01 0.1 1")]
    [InlineData(1e-5, 1, "1e-5 0.0001 0.001 0.01 0.1 1")]
    [InlineData(1, 1e10, "1 100 10,000 1,000,000 100,000,000 1e+10")]
    [InlineData(7, 7, "2 5 10 20")]
    public void Logarithmic_Range_HasTheseTicks(double min, double max, string expected) => Assert.Equal(expected, Labels(ChartAxis.Logarithmic([min, max])));

    [Fact]
    public void Any_NoFiniteValues_HasARange()
    {
        Assert.Equal("0.0 0.2 0.4 0.6 0.8 1.0", Labels(ChartAxis.Linear([double.NaN, double.PositiveInfinity])));
        Assert.Equal("0 1", Labels(ChartAxis.Whole([])));
        Assert.Equal("1 2 5 10", Labels(ChartAxis.Logarithmic([0, -1, double.NaN])));
    }

    // Ranges of all kinds: ticks rise evenly by 1, 2 or 5 x 10^n, are as many as asked at most, and enclose the values.
    [Fact]
    public void Linear_AnyRange_KeepsItsRules()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var min = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9));
            var max = min + random.NextDouble() * Math.Pow(10, random.Next(-6, 9));
            var axis = ChartAxis.Linear([min, max]);
            var ticks = axis.Ticks.Select(t => t.Value).ToList();
            var step = (ticks[^1] - ticks[0]) / (ticks.Count - 1);
            var lead = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-6)); // as below: 0.9999999 is a step of 1
            // Ticks are rounded to the double nearest to them, large ones next to a small step not so near: 1e-6 of the step.
            Assert.Contains(new[] { 1.0, 2, 5 }, f => Math.Abs(lead - f) < 1e-6);
            Assert.InRange(ticks.Count, 2, 8); // six, and one at each end that was rounded outward
            Assert.True(axis.Place(min) > -1e-6 && axis.Place(max) < 1 + 1e-6, $"{min} to {max}");
            Assert.Equal(0, axis.Place(ticks[0]), 1e-6);
            Assert.Equal(1, axis.Place(ticks[^1]), 1e-6);
            Assert.Equal(ticks.Count, axis.Ticks.Select(t => t.Label).Distinct().Count());
        }
    }

    [Fact]
    public void Linear_LargestNumbers_IsFinite()
    {
        var axis = ChartAxis.Linear([-1.5e308, 1.5e308]);
        Assert.Equal(0.5, axis.Place(0), 1e-9); // rounding of the halves
        Assert.All(axis.Ticks, t => Assert.True(double.IsFinite(t.Value)));
    }

    [Fact]
    public void Place_Logarithmic_IsEvenInDecades()
    {
        var axis = ChartAxis.Logarithmic([0.01, 100]);
        Assert.Equal([0, 0.25, 0.5, 1], new[] { 0.01, 0.1, 1, 100 }.Select(v => Math.Round(axis.Place(v), 12)));
        Assert.False(axis.Holds(0));
        Assert.False(axis.Holds(double.PositiveInfinity));
    }

    [Theory]
    [InlineData(0.123456789, "0.123457")]
    [InlineData(12345.678, "12,345.7")]
    [InlineData(1234567.8, "1,234,568")]
    [InlineData(0.00001234, "1.234e-5")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(0, "0")]
    [InlineData(1000, "1,000")]
    public void Value_Number_HasSixDigits(double value, string expected) => Assert.Equal(expected, ChartNumber.Value(value));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1000, "1k")]
    [InlineData(9949, "9.9k")]
    [InlineData(12_345, "12k")]
    [InlineData(999_499, "999k")]
    [InlineData(1_000_000, "1M")]
    [InlineData(2_345_678, "2.3M")]
    [InlineData(123_456_789, "123M")]
    [InlineData(5e9, "5e+9")]
    public void Short_Count_HasFewLetters(double count, string expected) => Assert.Equal(expected, ChartNumber.Short(count));

    private static string Labels(ChartAxis axis) => string.Join(" ", axis.Ticks.Select(t => t.Label.ToString(CultureInfo.InvariantCulture)));
}
