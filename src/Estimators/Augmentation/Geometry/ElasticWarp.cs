using System.Globalization;
using System.Runtime.InteropServices;

namespace Fovea;

/// <summary>Bends a sample as if drawn on rubber: each pixel moves by noise that a Gaussian made smooth.</summary>
internal sealed record ElasticWarp : SampleStep
{
    public double Alpha { get; }
    public double Sigma { get; }
    public EdgeFill Fill { get; }

    public ElasticWarp(double alpha, double sigma, EdgeFill fill)
    {
        if (!(alpha is >= 0 and <= 10000))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The strength alpha of an elastic warp must be 0 to 10000.");
        if (!(sigma is >= 0 and <= 32))
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "The smoothness sigma of an elastic warp must be 0 to 32 pixels.");
        (Alpha, Sigma, Fill) = (alpha, sigma, fill);
    }

    public override void Apply(Sample sample, Random random)
    {
        var field = DisplacementField.Of(sample);
        // torchvision's alpha is in halves of the image's side: a displacement of alpha / size in [-1, 1] coordinates.
        var reach = (Displace(field.Right, sample, field.Stride, random), Displace(field.Down, sample, field.Stride, random));
        Bend(sample, field, reach, Fill);
    }

    /// <param name="sample">Changed in place; its size stays.</param>
    /// <param name="field">Of the sample's size.</param>
    /// <param name="reach">No displacement is larger, in columns and in rows.</param>
    /// <param name="fill">What stands where the source has nothing.</param>
    public static void Bend(Sample sample, DisplacementField field, (float Right, float Down) reach, EdgeFill fill)
    {
        Warp.Draw(sample, new DisplacementMap(field), fill);
        foreach (ref var box in CollectionsMarshal.AsSpan(sample.Boxes))
            box = field.Seen(box, reach);
        sample.ClipBoxes();
    }

    /// <summary>Fills one direction of a field.</summary>
    /// <returns>The largest displacement.</returns>
    private float Displace(float[] field, Sample sample, int stride, Random random)
    {
        var numbers = field.AsSpan(0, sample.Height * stride);
        Noise(numbers, random.NextInt64());
        if (Sigma > 0)
            new GaussianSmoothing(Sigma).Run(field, sample.Scratch.Field(2, numbers.Length), sample.Height, sample.Width, stride);
        var largest = 0f;
        foreach (ref var number in numbers)
        {
            number *= (float)(Alpha / 2);
            largest = Math.Max(largest, Math.Abs(number));
        }
        return largest;
    }

    /// <summary>
    /// Numbers in [-1, 1), four of 16 bits from each step of SplitMix64: asking for them one by one would take longer than the warp.
    /// </summary>
    private static void Noise(Span<float> numbers, long seed)
    {
        var state = (ulong)seed;
        var four = 0UL;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (i % 4 == 0)
            {
                four = state += 0x9E3779B97F4A7C15;
                four = (four ^ (four >> 30)) * 0xBF58476D1CE4E5B9;
                four = (four ^ (four >> 27)) * 0x94D049BB133111EB;
                four ^= four >> 31;
            }
            numbers[i] = (short)four * (1f / 32768);
            four >>= 16;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"elastic {Alpha:0.##} over {Sigma:0.##} px");
}
