namespace Fovea.Data;

/// <summary>For each place along one axis of the result: which source pixels count, and how much.</summary>
internal sealed class ResampleWeights
{
    /// <summary>Bits behind the point: 8 bits of pixel and 2 of head room are left of 32.</summary>
    public const int Precision = 22;

    /// <summary>Of a weight's bits, those that its lower half holds; each half times a pixel fits the 16-bit multiplier.</summary>
    public const int LowBits = 11;

    private readonly int _size;
    private readonly float _from;
    private readonly float _to;
    private readonly int _wanted;
    private readonly int _most;
    private readonly int[] _first;
    private readonly int[] _count;
    private readonly int[] _weights;
    private short[]? _halves;

    /// <param name="size">Pixels of the source along the axis.</param>
    /// <param name="from">Where the part that is sampled begins, in pixels; 32 bits, because Pillow's are.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="wanted">Pixels of the result.</param>
    public ResampleWeights(int size, float from, float to, int wanted)
    {
        (_size, _from, _to, _wanted) = (size, from, to, wanted);
        IsIdentity = size == wanted && from == 0 && to == size;
        var scale = (double)(to - from) / wanted;
        // Enlarging interpolates between neighbors; reducing averages over as many pixels as fall into one.
        var support = Math.Max(scale, 1.0);
        var slope = 1.0 / support;
        _most = (int)Math.Ceiling(support) * 2 + 1;
        _first = new int[wanted];
        _count = new int[wanted];
        _weights = new int[wanted * _most];
        var exact = new double[_most];
        for (var i = 0; i < wanted; i++)
        {
            var center = from + (i + 0.5) * scale;
            var first = Math.Max(0, (int)(center - support + 0.5));
            var count = Math.Min(size, (int)(center + support + 0.5)) - first;
            var total = 0.0;
            for (var k = 0; k < count; k++)
                total += exact[k] = Math.Max(0, 1 - Math.Abs((first + k - center + 0.5) * slope));
            for (var k = 0; k < count; k++)
                _weights[i * _most + k] = (int)(0.5 + (total != 0 ? exact[k] / total : exact[k]) * (1 << Precision));
            (_first[i], _count[i]) = (first, count);
        }
    }

    /// <summary>The result is the source.</summary>
    public bool IsIdentity { get; }

    /// <summary>Groups of four source pixels that cover every place's.</summary>
    public int Quads => (_most + 3) / 4;

    public bool Fits(int size, float from, float to, int wanted) => (_size, _from, _to, _wanted) == (size, from, to, wanted);

    /// <summary>The first source pixel that counts for place <paramref name="i"/>.</summary>
    public int First(int i) => _first[i];

    /// <summary>How many count.</summary>
    public int Count(int i) => _count[i];

    /// <summary>Their weights, which sum to 1 &lt;&lt; <see cref="Precision"/> but for rounding.</summary>
    public ReadOnlySpan<int> Of(int i) => _weights.AsSpan(i * _most, _count[i]);

    /// <summary>
    /// The weights as the vector loop for three channels reads them: for each place <see cref="Quads"/> times 16 upper halves,
    /// then 16 lower halves; of four weights a b c d they are ab ab ab ab cd cd cd cd, and 0 behind the last.
    /// </summary>
    public ReadOnlySpan<short> Halves()
    {
        if (_halves is not null)
            return _halves;
        var halves = new short[_wanted * Quads * 32];
        for (var i = 0; i < _wanted; i++)
            for (var k = 0; k < _count[i]; k++)
            {
                var weight = _weights[i * _most + k];
                var at = (i * Quads + k / 4) * 32 + (k % 4 / 2 * 8) + k % 2;
                for (var copy = 0; copy < 8; copy += 2)
                {
                    halves[at + copy] = (short)(weight >> LowBits);
                    halves[at + copy + 16] = (short)(weight & (1 << LowBits) - 1);
                }
            }
        return _halves = halves;
    }
}
