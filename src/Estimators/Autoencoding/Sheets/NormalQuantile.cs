namespace Fovea.Autoencoding.Sheets;

/// <summary>The inverse of the standard normal distribution function.</summary>
internal static class NormalQuantile
{
    /// <param name="probability">In (0, 1).</param>
    /// <returns>x with Φ(x) = p, to 1e-9.</returns>
    public static double Of(double probability)
    {
        // Newton's steps on Φ, whose derivative is known, from the middle; bisection where one would leave the interval.
        var (low, high, x) = (-9.0, 9.0, 0.0);
        for (var i = 0; i < 100 && high - low > 1e-12; i++)
        {
            var difference = Probability(x) - probability;
            if (Math.Abs(difference) < 1e-14)
                break;
            if (difference > 0)
                high = x;
            else
                low = x;
            var next = x - difference * Math.Sqrt(2 * Math.PI) * Math.Exp(x * x / 2);
            x = next > low && next < high ? next : (low + high) / 2;
        }
        return x;
    }

    /// <summary>Φ by the series x − x³/6 + x⁵/40 − ... near the middle, and the continued fraction of Laplace in the tails.</summary>
    private static double Probability(double x)
    {
        var density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        if (Math.Abs(x) < 3)
        {
            // Φ(x) = ½ + φ(x) (x + x³/3 + x⁵/(3·5) + ...)
            double term = x, sum = x;
            for (var n = 3; Math.Abs(term) > 1e-17; n += 2)
                sum += term *= x * x / n;
            return 0.5 + density * sum;
        }
        var t = Math.Abs(x);
        var fraction = t;
        for (var n = 60; n >= 1; n--)
            fraction = t + n / fraction;
        return x < 0 ? density / fraction : 1 - density / fraction;
    }
}
