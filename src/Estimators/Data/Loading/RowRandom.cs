namespace Fovea.Data;

/// <summary>
/// Random numbers that depend on (seed, epoch, row) only. SplitMix64 (Steele, Lea, Flood 2014): setting a seed costs a few
/// multiplications, where System.Random fills a table.
/// </summary>
internal sealed class RowRandom : Random
{
    private ulong _state;

    /// <summary>Begins the sequence of one row; row -1 is the epoch's own (its order).</summary>
    public void Seed(int seed, int epoch, long row)
    {
        _state = (uint)seed;
        _state = NextUInt64() ^ (uint)epoch;
        _state = NextUInt64() ^ (ulong)row;
        NextUInt64();
    }

    private ulong NextUInt64()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public override int Next() => Next(int.MaxValue);

    public override int Next(int maxValue) => Next(0, maxValue);

    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        // The high half of a product: a value is at most 2^-32 likelier than another.
        var range = (ulong)((long)maxValue - minValue);
        return (int)(minValue + (long)((NextUInt64() >> 32) * range >> 32));
    }

    public override long NextInt64() => (long)(NextUInt64() >> 1) % long.MaxValue;

    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return minValue + (long)Math.BigMul(NextUInt64(), (ulong)(maxValue - minValue), out _);
    }

    public override double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    public override float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    protected override double Sample() => NextDouble();

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref var b in buffer)
            b = (byte)(NextUInt64() >> 56);
    }

    /// <summary>The numbers in a random order, each order equally likely (Fisher and Yates).</summary>
    public void Order(Span<int> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
