using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Maps the least value to 0 and the greatest to 1; or, so that 0 stays 0, the greatest magnitude to 1.</summary>
internal sealed class MinMaxBuilder<T> : ScaleBuilder<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _least;
    private readonly T[] _greatest;
    private readonly long[] _explicit;

    public MinMaxBuilder(DataViewRow row, DataViewSchema.Column column, NormalizerSettings settings) : base(row, column, settings)
    {
        _least = new T[Slots];
        _greatest = new T[Slots];
        _explicit = new long[Slots];
        Array.Fill(_least, T.PositiveInfinity);
        Array.Fill(_greatest, T.NegativeInfinity);
    }

    public override ColumnScale Build()
    {
        var scale = new T[Slots];
        var offset = new T[Slots];
        for (int slot = 0; slot < Slots; slot++)
        {
            if (_explicit[slot] < Rows)
                Widen(slot, T.Zero);
            T least = _least[slot], greatest = _greatest[slot];
            // A constant slot, or one without a number, becomes 0.
            if (!(greatest > least))
                continue;
            if (Settings.FixZero)
            {
                scale[slot] = T.One / T.Max(T.Abs(greatest), T.Abs(least));
                continue;
            }

            scale[slot] = T.One / (greatest - least);
            offset[slot] = scale[slot] == T.Zero ? T.Zero : least;
        }

        return new AffineScale<T>(Type, scale, offset);
    }

    protected override void Add(int slot, T value)
    {
        _explicit[slot]++;
        Widen(slot, value);
    }

    // NaN compares as false and changes nothing.
    private void Widen(int slot, T value)
    {
        if (value < _least[slot])
            _least[slot] = value;
        if (value > _greatest[slot])
            _greatest[slot] = value;
    }
}
