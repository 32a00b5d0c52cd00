using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Data;

/// <summary>Twenty rows numbered in "Number", with columns of each type that rows are chosen by.</summary>
internal sealed class TwentyRows
{
    public float Number { get; set; }
    public float Weekday { get; set; }
    public string Group { get; set; } = "";
    [KeyType(5)] public uint Key { get; set; }
    public bool Even { get; set; }
    public long Big { get; set; }
    public double Half { get; set; }

    public static IDataView Load(MLContext ml) => ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new TwentyRows
    {
        Number = i, Weekday = i % 7, Group = "g" + i % 6, Key = (uint)(i % 5), Even = i % 2 == 0, Big = i * 10000000000L, Half = i * 0.5,
    }).ToList());
}

/// <summary>Reads the rows' numbers.</summary>
internal static class Numbers
{
    public static int[] Of(IDataView view) => [.. view.GetColumn<float>("Number").Select(number => (int)number)];
}
