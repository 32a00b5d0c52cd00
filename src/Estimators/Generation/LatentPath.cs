namespace Fovea.Generation;

/// <summary>The way from one latent vector to another.</summary>
internal static class LatentPath
{
    /// <param name="from">(Z,).</param>
    /// <param name="to">(Z,).</param>
    /// <param name="steps">Points, at least 2; the ends are among them.</param>
    /// <param name="prior">Where they come from.</param>
    public static float[][] Between(IReadOnlyList<float> from, IReadOnlyList<float> to, int steps, LatentPrior prior)
    {
        double dot = 0, a = 0, b = 0;
        for (var i = 0; i < from.Count; i++)
            (dot, a, b) = (dot + (double)from[i] * to[i], a + (double)from[i] * from[i], b + (double)to[i] * to[i]);
        var angle = a > 0 && b > 0 ? Math.Acos(Math.Clamp(dot / Math.Sqrt(a * b), -1, 1)) : 0;
        // Vectors that point the same or the opposite way have no one arc between them.
        var isArc = prior == LatentPrior.Normal && Math.Sin(angle) > 1e-6;
        return [.. Enumerable.Range(0, steps).Select(step =>
        {
            var t = step / (steps - 1.0);
            var (first, second) = isArc ? (Math.Sin((1 - t) * angle) / Math.Sin(angle), Math.Sin(t * angle) / Math.Sin(angle)) : (1 - t, t);
            return from.Zip(to, (x, y) => (float)(first * x + second * y)).ToArray();
        })];
    }
}
