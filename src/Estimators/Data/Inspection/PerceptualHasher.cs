namespace Fovea.Data;

/// <summary>
/// Hashes the look of images: shrunk to 32 x 32 grey pixels, the signs of the 16 x 16 lowest frequencies of the discrete cosine
/// transform, without the mean. Scaling, compressing again, and changes of brightness and contrast leave most signs as they
/// are; another crop, a flip or a turn does not. (The hash known as pHash, after Zauner 2010, with four times its 64 bits: with
/// 64, small and plain images of different things are too often alike.) Holds buffers: one for each thread.
/// </summary>
internal sealed class PerceptualHasher
{
    private const int Side = 32;
    private const int Frequencies = 16;

    /// <summary>An image whose grey levels have a standard deviation below this (of 255) is plain: its frequencies are noise, and it has no hash.</summary>
    private const double LeastContrast = 2;

    /// <summary>
    /// A coefficient counts as positive above this. Pixels rounded to whole levels give a coefficient an error of this order
    /// (1/12 of a level each, 1024 of them, of which a cosine takes a quarter), and those that are 0 in truth, as of a symmetric
    /// image, shall not fall either way.
    /// </summary>
    private const double Rounding = 4.6;

    private static readonly float[,] Cosines = MakeCosines();

    private readonly AntialiasResize _resize = new();
    private readonly byte[] _small = new byte[Side * Side * 3];
    private readonly float[] _grey = new float[Side * Side];
    private readonly float[] _half = new float[Frequencies * Side];
    private byte[] _source = [];

    /// <param name="rgb">(H, W, 3).</param>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    /// <returns>Null for a plain image.</returns>
    public PerceptualHash? Hash(ReadOnlySpan<byte> rgb, int width, int height)
    {
        if (_source.Length < rgb.Length + AntialiasResize.Padding)
            _source = GC.AllocateUninitializedArray<byte>(rgb.Length + AntialiasResize.Padding);
        rgb.CopyTo(_source);
        _resize.Run(_source, 3, _small, ImagePlacement.Of(width, height, Side, Side, ResizeMode.Stretch));
        double sum = 0, squares = 0;
        for (var i = 0; i < _grey.Length; i++)
        {
            var grey = 0.299f * _small[3 * i] + 0.587f * _small[3 * i + 1] + 0.114f * _small[3 * i + 2];
            _grey[i] = grey;
            sum += grey;
            squares += grey * grey;
        }
        var mean = sum / _grey.Length;
        if (squares / _grey.Length - mean * mean < LeastContrast * LeastContrast)
            return null;

        for (var u = 0; u < Frequencies; u++)
            for (var x = 0; x < Side; x++)
            {
                var value = 0f;
                for (var y = 0; y < Side; y++)
                    value += Cosines[u, y] * _grey[y * Side + x];
                _half[u * Side + x] = value;
            }
        Span<ulong> words = stackalloc ulong[4];
        for (var u = 0; u < Frequencies; u++)
            for (var v = 0; v < Frequencies; v++)
            {
                var value = 0f;
                for (var x = 0; x < Side; x++)
                    value += Cosines[v, x] * _half[u * Side + x];
                var bit = u * Frequencies + v;
                if (bit > 0 && value > Rounding)
                    words[bit >> 6] |= 1UL << (bit & 63);
            }
        return new PerceptualHash(words[0], words[1], words[2], words[3]);
    }

    private static float[,] MakeCosines()
    {
        var cosines = new float[Frequencies, Side];
        for (var u = 0; u < Frequencies; u++)
            for (var x = 0; x < Side; x++)
                cosines[u, x] = (float)Math.Cos(Math.PI * (2 * x + 1) * u / (2 * Side));
        return cosines;
    }
}
