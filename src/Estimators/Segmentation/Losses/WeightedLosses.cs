using static TorchSharp.torch;

namespace Fovea.Segmentation;

/// <summary>A weighted sum of losses.</summary>
/// <param name="Terms">At least one; none of them a sum itself.</param>
internal sealed record WeightedLosses(IReadOnlyList<WeightedLosses.Term> Terms) : SegmentationLoss
{
    /// <param name="Weight">Above 0.</param>
    /// <param name="Loss">No sum itself.</param>
    internal sealed record Term(double Weight, SegmentationLoss Loss);

    /// <summary>Sums within the sum are laid open.</summary>
    public static WeightedLosses Of(params ReadOnlySpan<(double Weight, SegmentationLoss Loss)> parts)
    {
        var terms = new List<Term>();
        foreach (var (weight, loss) in parts)
        {
            ArgumentNullException.ThrowIfNull(loss);
            if (loss is WeightedLosses sum)
                terms.AddRange(sum.Terms.Select(t => t with { Weight = weight * t.Weight }));
            else
                terms.Add(new Term(weight, loss));
        }
        return new WeightedLosses(terms);
    }

    internal override bool BalancesClasses => Terms.Any(t => t.Loss.BalancesClasses);

    internal override IEnumerable<string> Problems()
    {
        if (Terms is null or { Count: 0 })
            yield return "A sum of losses must have at least one term; it has none";
        foreach (var term in Terms ?? [])
        {
            if (!(term.Weight > 0) || !double.IsFinite(term.Weight))
                yield return $"The weight of {term.Loss} must be a finite number above 0; it is {term.Weight}";
            foreach (var problem in term.Loss.Problems())
                yield return problem;
        }
    }

    internal override Tensor Compute(Tensor logits, PixelTargets targets)
    {
        var sum = Terms[0].Loss.Compute(logits, targets) * Terms[0].Weight;
        foreach (var term in Terms.Skip(1))
            sum = sum + term.Loss.Compute(logits, targets) * term.Weight;
        return sum;
    }

    public bool Equals(WeightedLosses? other) => other is not null && Terms.SequenceEqual(other.Terms);

    public override int GetHashCode() => Terms.Aggregate(0, HashCode.Combine);

    public override string ToString() => string.Join(" + ", Terms.Select(t => t.Weight == 1 ? $"{t.Loss}" : FormattableString.Invariant($"{t.Weight:0.###} {t.Loss}")));
}
