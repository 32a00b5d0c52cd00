using Microsoft.ML;

namespace Fovea.Data;

/// <summary>Takes image and mask out of the row a cursor stands at, without decoding them. Belongs to one cursor and its thread.</summary>
internal sealed class StreamedRowReader(DataViewRow row, RowIndex index)
{
    private readonly RawImageReader _image = RawImageReader.Create(row, index.Image);
    private readonly RawImageReader? _mask = index.Mask is { } mask ? RawImageReader.Create(row, mask) : null;

    /// <summary>What to ask a cursor for.</summary>
    public static DataViewSchema.Column[] Columns(RowIndex index) => index.Mask is { } mask ? [index.Image, mask] : [index.Image];

    /// <param name="into">Gets image and mask.</param>
    /// <param name="number">The row's number, for messages: a shuffled cursor's position says nothing.</param>
    /// <exception cref="InvalidDataException">The row holds none.</exception>
    public void Read(StreamedRow into, int number)
    {
        _image.Read(into.Image);
        into.Image.Row = number;
        if (_mask is null)
            return;
        _mask.Read(into.Mask);
        into.Mask.Row = number;
    }
}
