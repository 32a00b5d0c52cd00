using Fovea.Detection.Proposals;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection.Proposals;

public class BalancedSampleTests
{
    // Objects, background and neither of a row of 100.
    [Theory]
    [InlineData(40, 50, 16, 16)]   // enough of both: half and half
    [InlineData(3, 60, 3, 29)]     // few objects: background fills up
    [InlineData(0, 100, 0, 32)]
    [InlineData(60, 5, 16, 5)]     // little background: no object more
    [InlineData(2, 1, 2, 1)]
    [InlineData(0, 0, 0, 0)]
    public void Draw_ARow_TakesTheShareThatThereIs(int objects, int background, int wantedObjects, int wantedBackground)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var kind = arange(100).unsqueeze(0);
        var sample = BalancedSample.Draw(kind.lt(objects), kind.ge(objects).logical_and(kind.lt(objects + background)), 32, 0.5);
        Assert.Equal((wantedObjects, wantedBackground), ((int)sample.Objects.size(0), (int)sample.Background.size(0)));
        Assert.All(sample.Objects.data<long>().ToArray(), place => Assert.InRange(place, 0, objects - 1));
        Assert.All(sample.Background.data<long>().ToArray(), place => Assert.InRange(place, objects, objects + background - 1));
        Assert.Equal(sample.All.size(0), sample.All.data<long>().ToArray().Distinct().Count());
    }

    [Fact]
    public void Draw_Batch_FillsEachImageByItself()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var objects = arange(50).unsqueeze(0).lt(tensor(new long[] { 0, 5, 40 }).unsqueeze(1));
        var sample = BalancedSample.Draw(objects, objects.logical_not(), 20, 0.25);
        int OfRow(Tensor places, int row) => places.data<long>().ToArray().Count(p => p / 50 == row);
        Assert.Equal([0, 5, 5], Enumerable.Range(0, 3).Select(row => OfRow(sample.Objects, row)));
        Assert.Equal([20, 15, 10], Enumerable.Range(0, 3).Select(row => OfRow(sample.Background, row)));
    }

    [Fact]
    public void Draw_ManyTimes_TakesEveryBoxAboutAsOften()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var all = ones([200, 40], ScalarType.Bool);
        var sample = BalancedSample.Draw(all, zeros_like(all), 20, 0.5);
        var counts = sample.Objects.remainder(40).bincount(weights: null, minlength: 40);
        // 200 draws of 10 out of 40: 50 each, deviation 6.1.
        Assert.InRange(counts.min().item<long>(), 25, 50);
        Assert.InRange(counts.max().item<long>(), 50, 75);
    }
}
