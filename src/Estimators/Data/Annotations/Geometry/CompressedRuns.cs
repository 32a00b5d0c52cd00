using System.Text;

namespace Fovea.Data;

/// <summary>
/// COCO's text for run lengths. Each number is the difference to the number two places before (from the fourth on), in groups
/// of five bits from the lowest up, each with a bit that says whether more follow, as a character from '0' on; the highest bit
/// of the last group is the sign.
/// </summary>
internal static class CompressedRuns
{
    private const int More = 0x20;
    private const int Sign = 0x10;

    public static string Encode(IReadOnlyList<int> counts)
    {
        var text = new StringBuilder();
        for (var i = 0; i < counts.Count; i++)
        {
            long rest = i > 2 ? (long)counts[i] - counts[i - 2] : counts[i];
            for (var goesOn = true; goesOn;)
            {
                var group = (int)(rest & 0x1F);
                rest >>= 5;
                goesOn = rest != ((group & Sign) != 0 ? -1 : 0);
                text.Append((char)('0' + (goesOn ? group | More : group)));
            }
        }
        return text.ToString();
    }

    /// <exception cref="InvalidDataException">It is no such text.</exception>
    public static int[] Decode(ReadOnlySpan<byte> text)
    {
        var counts = new List<int>();
        for (var at = 0; at < text.Length;)
        {
            var value = 0L;
            var shift = 0;
            int group;
            do
            {
                if (at == text.Length)
                    throw new InvalidDataException("the compressed runs end within a number");
                group = text[at] - '0';
                if (group is < 0 or > 63 || shift > 40)
                    throw new InvalidDataException($"the compressed runs hold no number at character {at}");
                value |= (long)(group & 0x1F) << shift;
                shift += 5;
                at++;
            }
            while ((group & More) != 0);
            if ((group & Sign) != 0)
                value -= 1L << shift;
            if (counts.Count > 2)
                value += counts[^2];
            if (value is < 0 or > int.MaxValue)
                throw new InvalidDataException($"a run has the length {value}");
            counts.Add((int)value);
        }
        return [.. counts];
    }
}
