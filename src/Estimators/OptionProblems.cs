namespace Fovea;

/// <summary>What the <c>Problems()</c> of options found, as one exception.</summary>
internal static class OptionProblems
{
    /// <param name="problems">Each names the value wanted and the value got.</param>
    /// <param name="what">Cannot be used because of them.</param>
    /// <param name="parameter">Of the caller.</param>
    /// <exception cref="ArgumentException">There is one; the message lists all.</exception>
    public static void ThrowIfAny(this IEnumerable<string> problems, string what, string? parameter = null)
    {
        var all = problems.ToList();
        if (all.Count > 0)
            throw new ArgumentException($"{what} cannot be used: {string.Join("; ", all)}.", parameter);
    }
}
