namespace Microsoft.ML.Runtime;

/// <summary>
/// The generator that seeds are given to: three Tausworthe generators and a linear congruential one, their states combined by exclusive or
/// (L. Howes and D. Thomas, "Efficient Random Number Generation and Application Using CUDA", GPU Gems 3, chapter 37, 2007).
/// The same seed gives the same numbers as in the packages.
/// </summary>
internal sealed class HybridTausworthe : Random
{
    private uint _first, _second, _third, _linear;

    public HybridTausworthe(uint seed)
    {
        _first = seed;
        _second = Murmur3.Round(_first, seed);
        _third = Murmur3.Round(_second, seed);
        _linear = Murmur3.Round(_third, seed);
    }

    public HybridTausworthe(Random source)
    {
        _first = Large(source);
        _second = Large(source);
        _third = Large(source);
        _linear = Bits(source);
    }

    public uint NextBits()
    {
        _first = Step(_first, 13, 19, 12, ~1u);
        _second = Step(_second, 2, 25, 4, ~7u);
        _third = Step(_third, 3, 11, 17, ~15u);
        _linear = 1664525 * _linear + 1013904223;
        return _first ^ _second ^ _third ^ _linear;
    }

    public override double NextDouble() => NextBits() * (1.0 / (1L << 32));

    /// <summary>23 bits, so that the largest is below 1.</summary>
    public override float NextSingle() => (NextBits() >> 9) * (1f / (1 << 23));

    public override int Next()
    {
        uint bits = NextBits();
        return (int)(bits + (bits & 0x80000000));
    }

    public override int Next(int maxValue)
    {
        Check.Param(maxValue >= 0, nameof(maxValue), "maxValue must be non-negative");
        return (int)((ulong)NextBits() * (ulong)maxValue >> 32);
    }

    public override int Next(int minValue, int maxValue)
    {
        Check.Param(minValue <= maxValue, nameof(minValue), "minValue must be less than or equal to maxValue.");
        return (int)((long)(NextDouble() * ((long)maxValue - minValue)) + minValue);
    }

    public override void NextBytes(byte[] buffer)
    {
        Check.Value(buffer, nameof(buffer));
        for (int i = 0; i < buffer.Length; i++)
            buffer[i] = (byte)Next();
    }

    protected override double Sample() => NextDouble();

    private static uint Step(uint state, int shift, int back, int forth, uint mask) => (state & mask) << forth ^ (state << shift ^ state) >> back;

    private static uint Bits(Random source) => (uint)source.Next(1 << 16) << 16 | (uint)source.Next(1 << 16);

    // The Tausworthe generators have short cycles from small states.
    private static uint Large(Random source)
    {
        uint bits;
        do
            bits = Bits(source);
        while (bits < 128);
        return bits;
    }
}
