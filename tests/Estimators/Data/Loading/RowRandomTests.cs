using Fovea.Data;

namespace Fovea.Tests.Data;

public class RowRandomTests
{
    private static RowRandom Of(int seed, int epoch, long row)
    {
        var random = new RowRandom();
        random.Seed(seed, epoch, row);
        return random;
    }

    [Fact]
    public void Seed_SameTriple_GivesTheSameNumbers()
    {
        var again = Of(9, 9, 9);
        again.Next();
        again.Seed(1, 2, 3);
        Assert.Equal(Of(1, 2, 3).NextInt64(), again.NextInt64());
    }

    [Fact]
    public void Seed_NeighboringTriples_GiveDifferentNumbers()
    {
        var numbers = new HashSet<long>();
        for (var seed = -2; seed < 3; seed++)
            for (var epoch = 0; epoch < 10; epoch++)
                for (var row = -1; row < 50; row++)
                    numbers.Add(Of(seed, epoch, row).NextInt64());
        Assert.Equal(5 * 10 * 51, numbers.Count);
    }

    [Fact]
    public void Next_ManyDraws_AreEvenlySpread()
    {
        var random = Of(1, 0, 0);
        var counts = new int[5];
        for (var i = 0; i < 50_000; i++)
            counts[random.Next(-2, 3) + 2]++;
        // Five standard deviations of 50,000 draws with probability 1/5: 5 * sqrt(50000 * 0.2 * 0.8) = 447.
        Assert.All(counts, c => Assert.InRange(c, 10_000 - 447, 10_000 + 447));
        var mean = Enumerable.Range(0, 50_000).Average(_ => random.NextDouble());
        Assert.Equal(0.5, mean, 0.0065); // five times sqrt(1 / 12 / 50000)
    }

    [Fact]
    public void Order_Values_IsAPermutation()
    {
        var values = Enumerable.Range(0, 1000).ToArray();
        Of(1, 0, -1).Order(values);
        Assert.NotEqual(Enumerable.Range(0, 1000), values);
        Assert.Equal(Enumerable.Range(0, 1000), values.Order());
    }
}
