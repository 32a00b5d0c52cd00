using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Compat;

/// <summary>Seeds and generators.</summary>
public sealed class RandomTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void ManualSeed_SameSeed_SameNumbers()
    {
        manual_seed(3);
        var first = randn(5);
        manual_seed(3);

        Assert.True(randn(5).Equals(first));
        Assert.Equal(3, initial_seed());
    }

    [Fact]
    public void Generator_OfItsOwn_DoesNotTouchTheDefaultOne()
    {
        manual_seed(3);
        var expected = rand(4);
        manual_seed(3);
        using var generator = new Generator(7);
        var own = rand(4, generator: generator);

        Assert.True(rand(4).Equals(expected));
        Assert.False(own.Equals(expected));
        generator.manual_seed(7);
        Assert.True(rand(4, generator: generator).Equals(own));
        Assert.Equal(7, generator.initial_seed());
    }

    [Fact]
    public void State_Restored_RepeatsTheNumbers()
    {
        var state = get_rng_state();
        var first = rand(4);
        set_rng_state(state);

        Assert.True(rand(4).Equals(first));
    }

    [Fact]
    public void Randperm_IsAPermutation() => Assert.Equal([0L, 1, 2, 3, 4], randperm(5).sort().Values.data<long>().ToArray());

    [Fact]
    public void Randint_StaysInItsRange()
    {
        var drawn = randint(-2L, 3L, new long[] { 200 });

        Assert.Equal(-2, drawn.min().ToInt64());
        Assert.Equal(2, drawn.max().ToInt64());
        Assert.InRange(randint_int(3, 5), 3, 4);
        Assert.InRange(rand_float(), 0, 1);
    }

    [Fact]
    public void Normal_WithDefaults_HasMeanAndDeviation()
    {
        manual_seed(1);
        var drawn = normal(2, 0.5, [10000]);

        // 5 standard errors of 0.005.
        Assert.InRange(drawn.mean().ToDouble(), 1.975, 2.025);
        Assert.InRange(drawn.std().ToDouble(), 0.48, 0.52);
    }
}
