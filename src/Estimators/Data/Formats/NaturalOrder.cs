namespace Fovea.Data;

/// <summary>Names as people count: runs of digits by their number, so that s2 comes before s10; everything else by ordinal order.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
            return x is null ? y is null ? 0 : -1 : 1;
        int i = 0, j = 0;
        while (i < x.Length && j < y.Length)
        {
            if (!char.IsAsciiDigit(x[i]) || !char.IsAsciiDigit(y[j]))
            {
                if (x[i] != y[j])
                    return x[i].CompareTo(y[j]);
                i++;
                j++;
                continue;
            }
            // A number may be longer than any type holds, so it is compared as text without its zeros in front.
            var left = Digits(x, ref i);
            var right = Digits(y, ref j);
            var order = left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.CompareTo(right, StringComparison.Ordinal);
            if (order != 0)
                return order;
        }
        var rest = (x.Length - i).CompareTo(y.Length - j);
        // Names that differ in zeros in front only must not be taken for one.
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    private static ReadOnlySpan<char> Digits(string text, ref int at)
    {
        while (at < text.Length - 1 && text[at] == '0' && char.IsAsciiDigit(text[at + 1]))
            at++;
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return text.AsSpan(start, at - start);
    }
}
