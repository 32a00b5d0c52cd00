namespace Microsoft.ML.Data;

/// <summary>Permutations from a generator; the same generator gives the same ones as in the packages.</summary>
internal static class RandomOrder
{
    public static int[] Of(int count, Random random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = 0; i < count; i++)
        {
            int j = i + random.Next(count - i);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}
