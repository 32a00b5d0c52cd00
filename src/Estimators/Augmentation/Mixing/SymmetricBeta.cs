namespace Fovea;

/// <summary>
/// Numbers of Beta(a, a), as the quotient of two gamma variates (Marsaglia, Tsang: A Simple Method for Generating Gamma Variables,
/// 2000, https://doi.org/10.1145/358407.358414).
/// </summary>
internal static class SymmetricBeta
{
    /// <param name="alpha">0.01 to 100.</param>
    /// <param name="random">Where the numbers come from.</param>
    /// <returns>In [0, 1]; for a small alpha most often near 0 or 1, for 1 uniform, for a large one near 0.5.</returns>
    public static double Next(double alpha, Random random)
    {
        // In logarithms: for a small alpha both variates are often too small for a double, their quotient is not.
        var first = LogGamma(alpha, random);
        var second = LogGamma(alpha, random);
        return 1 / (1 + Math.Exp(second - first));
    }

    /// <summary>The logarithm of a gamma variate. Marsaglia and Tsang's method wants a shape of 1 or more; Gamma(a) is Gamma(a + 1) U^(1/a).</summary>
    private static double LogGamma(double shape, Random random)
    {
        var d = shape + 1 - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal(random);
            var v = 1 + c * x;
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(Positive(random)) < 0.5 * x * x + d - d * v + d * Math.Log(v))
                return Math.Log(d * v) + Math.Log(Positive(random)) / shape;
        }
    }

    /// <summary>Box and Muller's.</summary>
    private static double Normal(Random random)
    {
        var radius = Math.Sqrt(-2 * Math.Log(Positive(random)));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    /// <summary>Uniform in (0, 1].</summary>
    private static double Positive(Random random) => 1 - random.NextDouble();
}
