using Fovea.Reporting;

namespace Fovea.Tests.Reporting.Curves;

public class ScoreSortTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4096)]
    [InlineData(100_000)]
    public void Sort_NumbersOfAnySignAndSize_AscendsAsDotNetsOwn(int count)
    {
        var random = new Random(1);
        var scores = Enumerable.Range(0, count).Select(i => (i % 7) switch
        {
            0 => 0f,
            1 => -random.NextSingle(),
            2 => float.PositiveInfinity,
            3 => float.NegativeInfinity,
            4 => random.NextSingle() * float.Epsilon * 1000,
            5 => (random.NextSingle() - 0.5f) * float.MaxValue,
            _ => random.NextSingle(),
        }).ToArray();
        var wanted = scores.Order().ToArray();
        ScoreSort.Sort(scores);
        Assert.Equal(wanted, scores);
    }
}
