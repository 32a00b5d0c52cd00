using Fovea.Data;
using Microsoft.ML;

namespace Fovea.Reporting;

/// <summary>Reads the images of some rows. No other column is asked for, so nothing is predicted again.</summary>
internal static class RowPictures
{
    /// <param name="view">The data.</param>
    /// <param name="column">Of the images.</param>
    /// <param name="rows">Places in the view, from 0.</param>
    /// <param name="side">The longer side of the pictures, in pixels.</param>
    /// <exception cref="InvalidDataException">An image cannot be read; the message names it.</exception>
    /// <exception cref="InvalidOperationException">The view has fewer rows than when they were chosen.</exception>
    public static IReadOnlyDictionary<long, RowPicture> Read(IDataView view, DataViewSchema.Column column, IEnumerable<long> rows, int side)
    {
        var left = rows.ToHashSet();
        var pictures = new Dictionary<long, RowPicture>();
        using var cursor = view.GetRowCursor([column]);
        var reader = RawImageReader.Create(cursor, column);
        var (raw, whole) = (new RawImage(), new WholeImage());
        while (left.Count > 0 && cursor.MoveNext())
        {
            if (!left.Remove(cursor.Position))
                continue;
            reader.Read(raw);
            var pixels = whole.Read(raw);
            pictures[cursor.Position] = new(raw.ShortName, new Canvas(whole.Width, whole.Height, 3, pixels).Shrunk(side), whole.Width, whole.Height);
        }
        return left.Count == 0 ? pictures : throw new InvalidOperationException("The data view gave fewer rows the second time it was read. A view must give the same rows each time.");
    }
}
