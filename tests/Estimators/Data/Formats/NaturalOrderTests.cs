using Fovea.Data;

namespace Fovea.Tests.Data;

public class NaturalOrderTests
{
    [Fact]
    public void Compare_Numbers_CountsThem()
    {
        string[] sorted = ["", "10", "a", "s1", "s1a", "s2", "s2b3", "s2b10", "s10", "s123456789012345678901234567890", "s223456789012345678901234567890", "t"];
        var shuffled = (string[])sorted.Clone();
        new Random(1).Shuffle(shuffled);
        Assert.Equal(sorted, shuffled.Order(NaturalOrder.Instance));
    }

    [Fact]
    public void Compare_ZerosInFront_CountAfterTheNumber()
    {
        Assert.True(NaturalOrder.Instance.Compare("a01", "a2") < 0);
        Assert.True(NaturalOrder.Instance.Compare("a002", "a10") < 0);
        Assert.NotEqual(0, NaturalOrder.Instance.Compare("a01", "a1"));
        Assert.Equal(0, NaturalOrder.Instance.Compare("a0", "a0"));
    }

    [Fact]
    public void Compare_AnyThree_IsAnOrder()
    {
        var random = new Random(2);
        var names = Enumerable.Range(0, 60).Select(_ => new string([.. Enumerable.Range(0, random.Next(5)).Select(_ => "a019"[random.Next(4)])])).ToList();
        foreach (var x in names)
            foreach (var y in names)
            {
                Assert.Equal(Math.Sign(NaturalOrder.Instance.Compare(x, y)), -Math.Sign(NaturalOrder.Instance.Compare(y, x)));
                Assert.Equal(x == y, NaturalOrder.Instance.Compare(x, y) == 0);
                foreach (var z in names)
                    if (NaturalOrder.Instance.Compare(x, y) < 0 && NaturalOrder.Instance.Compare(y, z) < 0)
                        Assert.True(NaturalOrder.Instance.Compare(x, z) < 0);
            }
    }
}
