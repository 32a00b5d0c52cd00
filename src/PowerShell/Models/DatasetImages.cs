using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.PowerShell;

/// <summary>The images of a data set one by one, with their labels where they have any.</summary>
internal static class DatasetImages
{
    /// <exception cref="ArgumentException">There is no such column, or one of another type.</exception>
    public static IEnumerable<GivenImage> Of(ImageDataset dataset, string imageColumn)
    {
        var schema = dataset.View.Schema;
        var image = schema.GetColumnOrNull(imageColumn) ?? throw new ArgumentException($"'{dataset.Name}' has no column '{imageColumn}'. The columns are {string.Join(", ", dataset.Columns)}.");
        var label = schema.GetColumnOrNull("Label") is { Type: KeyDataViewType } key ? key : (DataViewSchema.Column?)null;
        using var cursor = dataset.View.GetRowCursor(label is { } wanted ? [image, wanted] : [image]);
        var read = image.Type switch
        {
            TextDataViewType => Getter<ReadOnlyMemory<char>>(cursor, image, v => new GivenImage { Row = cursor.Position, Path = v.ToString() }),
            VectorDataViewType => Getter<VBuffer<byte>>(cursor, image, v => new GivenImage { Row = cursor.Position, Bytes = [.. v.DenseValues()] }),
            _ => Getter<MLImage>(cursor, image, v => new GivenImage { Row = cursor.Position, Pixels = ImageCopy.Of(v) }),
        };
        var number = label is { } column ? cursor.GetGetter<uint>(column) : null;
        while (cursor.MoveNext())
        {
            var given = read();
            if (number is null)
            {
                yield return given;
                continue;
            }
            uint k = 0;
            number(ref k);
            yield return given with { TrueLabel = k > 0 && k <= dataset.ClassNames.Count ? dataset.ClassNames[(int)k - 1] : null };
        }
    }

    private static Func<GivenImage> Getter<T>(DataViewRowCursor cursor, DataViewSchema.Column column, Func<T, GivenImage> make)
    {
        T value = default!;
        var getter = cursor.GetGetter<T>(column);
        return () =>
        {
            getter(ref value);
            return make(value);
        };
    }
}
