using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

/// <summary>What tests of loaders look at.</summary>
internal static class ViewReading
{
    public static string[] Text(this IDataView view, string column) => [.. view.GetColumn<string>(column)];

    public static string[] ClassNames(this IDataView view, string column = "Label")
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema[column].Annotations.GetValue("KeyValues", ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    /// <summary>Pixels of each value over all masks of the view.</summary>
    public static long[] CountMaskValues(this IDataView view, string column = "Mask")
    {
        var counts = new long[256];
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        var rows = RawImageReader.Create(cursor, view.Schema[column]);
        var reader = new IndexMaskReader();
        var raw = new RawImage();
        var mask = new IndexMask();
        while (cursor.MoveNext())
        {
            rows.Read(raw);
            reader.Read(raw, mask);
            foreach (var value in mask.Values)
                counts[value]++;
        }
        return counts;
    }
}
