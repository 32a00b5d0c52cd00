using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Data;

/// <summary>Takes the image out of the row a cursor stands at, without decoding it. Belongs to one cursor and its thread.</summary>
internal sealed class RawImageReader
{
    private readonly DataViewRow _row;
    private readonly string _column;
    private readonly Action<RawImage> _read;

    private RawImageReader(DataViewRow row, DataViewSchema.Column column)
    {
        _row = row;
        _column = column.Name;
        _read = column.Type switch
        {
            ImageDataViewType => Pixels(row.GetGetter<MLImage>(column)),
            TextDataViewType => Path(row.GetGetter<ReadOnlyMemory<char>>(column)),
            VectorDataViewType { ItemType: var item } when item == NumberDataViewType.Single => Numbers(row.GetGetter<VBuffer<float>>(column)),
            VectorDataViewType => Encoded(row.GetGetter<VBuffer<byte>>(column)),
            _ => throw new ArgumentException($"The image column '{column.Name}' is of type {column.Type}; it must be {ImageColumn.Wanted}."),
        };
    }

    /// <summary>A reader of <paramref name="column"/>, which must be active in <paramref name="row"/>.</summary>
    public static RawImageReader Create(DataViewRow row, DataViewSchema.Column column) => new(row, column);

    /// <exception cref="InvalidDataException">The row holds no image.</exception>
    public void Read(RawImage raw)
    {
        raw.Row = _row.Position;
        raw.Path = null;
        _read(raw);
    }

    private Action<RawImage> Pixels(ValueGetter<MLImage> getter)
    {
        // The same variable for every row, as ML.NET's own transforms do: who made the image disposes it when the next is asked for.
        MLImage image = null!;
        return raw =>
        {
            getter(ref image);
            if (image is null)
                throw Missing("no image");
            if (!raw.TryTake(image))
                throw new InvalidDataException($"The image in row {_row.Position} of column '{_column}' has the pixel format {image.PixelFormat}; it must be Bgra32 or Rgba32.");
        };
    }

    private Action<RawImage> Path(ValueGetter<ReadOnlyMemory<char>> getter)
    {
        ReadOnlyMemory<char> path = default;
        return raw =>
        {
            getter(ref path);
            if (path.Span.IsWhiteSpace())
                throw Missing("an empty path");
            raw.Kind = RawImageKind.File;
            raw.Path = path.ToString();
        };
    }

    private Action<RawImage> Encoded(ValueGetter<VBuffer<byte>> getter)
    {
        VBuffer<byte> file = default;
        return raw =>
        {
            getter(ref file);
            if (file.Length == 0)
                throw Missing("no bytes");
            raw.Kind = RawImageKind.Encoded;
            file.CopyTo(raw.Resize(file.Length));
        };
    }

    private static Action<RawImage> Numbers(ValueGetter<VBuffer<float>> getter)
    {
        VBuffer<float> values = default;
        return raw =>
        {
            getter(ref values);
            raw.Kind = RawImageKind.Numbers;
            values.CopyTo(MemoryMarshal.Cast<byte, float>(raw.Resize(values.Length * sizeof(float))));
        };
    }

    private InvalidDataException Missing(string what) =>
        new($"Row {_row.Position} has {what} in the image column '{_column}'. Give every row an image, or leave such rows out (FilterRowsByMissingValues for text).");
}
