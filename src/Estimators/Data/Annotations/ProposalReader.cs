using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>
/// Takes the proposals out of the row a cursor stands at: places where objects may be, found by other means, as x0, y0, x1, y1 of each in pixels of the
/// upright image. Belongs to one cursor and its thread.
/// </summary>
internal sealed class ProposalReader
{
    /// <summary>What the column must be.</summary>
    public const string Wanted = "a vector of Single: x0, y0, x1, y1 of each proposal";

    private readonly DataViewRow _row;
    private readonly string _column;
    private readonly Func<ReadOnlyMemory<float>> _read;

    /// <param name="row">The row or cursor to read from.</param>
    /// <param name="column">From <see cref="Find"/>, active in the row.</param>
    public ProposalReader(DataViewRow row, DataViewSchema.Column column) => (_row, _column, _read) = (row, column.Name, BoxReader.Values<float>(row, column));

    /// <summary>The column, checked.</summary>
    /// <exception cref="ArgumentException">It is not there, or of another type.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            throw new ArgumentException($"There is no proposal column '{name}'. The columns are {ImageColumn.Names(schema)}.");
        return Accepts(column.Type) ? column : throw new ArgumentException($"The column '{name}' is of type {column.Type}; it must be {Wanted}.");
    }

    /// <summary>Whether a column can hold proposals.</summary>
    public static bool Accepts(DataViewType type) => type is VectorDataViewType { ItemType: var item } && item == NumberDataViewType.Single;

    /// <summary>The row's proposals, in their order.</summary>
    /// <exception cref="InvalidDataException">There are none, or one is no box.</exception>
    public IEnumerable<SampleBox> Read() => Check(_read().ToArray(), _row.Position, _column);

    /// <summary>Proposals of numbers.</summary>
    /// <param name="corners">Four of each.</param>
    /// <param name="row">The row's position in its view, from 0.</param>
    /// <param name="column">Where they are from.</param>
    /// <exception cref="InvalidDataException">There are none, or one is no box.</exception>
    public static List<SampleBox> Check(ReadOnlySpan<float> corners, long row, string column)
    {
        if (corners.Length == 0)
            throw new InvalidDataException($"Row {row} has no proposals in column '{column}'; an image needs one at least. Give it a box as large as the image, or leave the row out.");
        if (corners.Length % 4 != 0)
            throw new InvalidDataException($"Row {row} has {corners.Length} numbers in column '{column}'; each proposal has four (x0, y0, x1, y1).");
        var proposals = new List<SampleBox>(corners.Length / 4);
        for (var i = 0; i < corners.Length; i += 4)
        {
            var box = new SampleBox(corners[i], corners[i + 1], corners[i + 2], corners[i + 3], SampleBox.Proposal);
            if (Boxes.Problem(box) is { } problem)
                throw new InvalidDataException($"Proposal {i / 4} in row {row} {problem}.");
            proposals.Add(box);
        }
        return proposals;
    }

    /// <summary>Proposals as they lie in a sample, cut off at the edges of their image; those outside it are left out.</summary>
    /// <param name="proposals">In pixels of the upright image, one at least.</param>
    /// <param name="placement">Of that image.</param>
    /// <param name="row">The row's position in its view, from 0.</param>
    /// <exception cref="InvalidDataException">All lie outside their image, or have no area in it.</exception>
    public static List<SampleBox> Lay(ReadOnlySpan<SampleBox> proposals, in ImagePlacement placement, long row)
    {
        var (width, height) = (placement.SourceWidth, placement.SourceHeight);
        var laid = new List<SampleBox>(proposals.Length);
        foreach (var box in proposals)
        {
            var cut = box with { X0 = Math.Clamp(box.X0, 0, width), Y0 = Math.Clamp(box.Y0, 0, height), X1 = Math.Clamp(box.X1, 0, width), Y1 = Math.Clamp(box.Y1, 0, height) };
            if (cut.Width > 0 && cut.Height > 0)
                laid.Add(placement.ToSample(cut));
        }
        return laid.Count > 0 ? laid : throw new InvalidDataException(
            $"None of the {proposals.Length} proposals in row {row} lies in its image of {width} x {height} pixels, the first {Boxes.Text(proposals[0])}. They are x0, y0, x1, y1 in pixels of the upright original.");
    }
}
