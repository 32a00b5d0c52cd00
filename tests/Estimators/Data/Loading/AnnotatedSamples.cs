using System.Text;
using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

/// <summary>Images of a formula with masks and boxes, of which the row number decides size and content.</summary>
internal sealed class AnnotatedSamples : RowView
{
    public static readonly string[] Names = ["sky", "road", "tree"];
    public static readonly MaskClasses Classes = new(Names) { IgnoreIndex = 11 };

    private readonly Func<int, byte[]> _image;
    private readonly Func<int, byte[]> _mask;
    private readonly string? _folder;

    private AnnotatedSamples(DataViewSchema schema, int rows, TempFolder? folder, Func<int, byte[]>? image, Func<int, byte[]>? mask) : base(schema, rows)
    {
        (_image, _mask, _folder) = (image ?? Image, mask ?? Mask, folder?.Path);
        for (var row = 0; folder is not null && row < rows; row++)
        {
            folder.Write($"{row}.ppm", _image(row));
            folder.Write($"{row}.pgm", _mask(row));
        }
    }

    /// <param name="rows">Rows.</param>
    /// <param name="folder">Where the files are; null for a view of bytes.</param>
    /// <param name="classes">Of the masks.</param>
    /// <param name="image">The image file of a row, where it is another than <see cref="Image"/>.</param>
    /// <param name="mask">The mask file of a row, where it is another than <see cref="Mask"/>.</param>
    public static AnnotatedSamples View(int rows, TempFolder? folder = null, MaskClasses? classes = null, Func<int, byte[]>? image = null, Func<int, byte[]>? mask = null)
    {
        var schema = new DataViewSchema.Builder();
        DataViewType file = folder is null ? new VectorDataViewType(NumberDataViewType.Byte) : TextDataViewType.Instance;
        schema.AddColumn("Image", file);
        MaskColumn.AddTo(schema, "Mask", classes ?? Classes, file);
        schema.AddColumn(BoxColumns.BoundingBoxes, new VectorDataViewType(NumberDataViewType.Single));
        var names = new DataViewSchema.Annotations.Builder();
        ClassKey.AddNames(names, "KeyValues", Names);
        schema.AddColumn(BoxColumns.Labels, new VectorDataViewType(new KeyDataViewType(typeof(uint), Names.Length)), names.ToAnnotations());
        schema.AddColumn(BoxColumns.IsCrowd, new VectorDataViewType(BooleanDataViewType.Instance));
        return new AnnotatedSamples(schema.ToSchema(), rows, folder, image, mask);
    }

    public static (int Width, int Height) Size(int row) => (6 + row % 3 * 5, 4 + row % 4 * 3);

    /// <summary>The value in the mask's file: 0 to 2, or 11 for ignored.</summary>
    public static byte RawClass(int row, int x, int y) => new byte[] { 0, 1, 2, 11, 1 }[(row + x / 2 + y) % 5];

    /// <summary>One box for each number below row % 4, the last a crowd.</summary>
    public static SampleBox[] Boxes(int row)
    {
        var (w, h) = Size(row);
        return [.. Enumerable.Range(0, row % 4).Select(i => new SampleBox(i, 0.5f, Math.Min(w, i + 3), h - 0.25f, (row + i) % 3, i == 2))];
    }

    public static byte[] Image(int row)
    {
        var (w, h) = Size(row);
        return Pnm("P6", w, h, 3, i => (byte)(row * 31 + i * 7));
    }

    public static byte[] Mask(int row)
    {
        var (w, h) = Size(row);
        return Pnm("P5", w, h, 1, i => RawClass(row, i % w, i / w));
    }

    public static byte[] Pnm(string kind, int w, int h, int channels, Func<int, byte> value) =>
        [.. Encoding.ASCII.GetBytes($"{kind} {w} {h} 255\n"), .. Enumerable.Range(0, w * h * channels).Select(value)];

    public override Delegate CreateGetter(int column, Func<int> row) => column switch
    {
        0 => File(row, _image, "ppm"),
        1 => File(row, _mask, "pgm"),
        2 => Vector(row, r => Boxes(r).SelectMany(b => new[] { b.X0, b.Y0, b.X1, b.Y1 }).ToArray()),
        3 => Vector(row, r => Boxes(r).Select(b => (uint)b.Label + 1).ToArray()),
        _ => Vector(row, r => Boxes(r).Select(b => b.IsCrowd).ToArray()),
    };

    private Delegate File(Func<int> row, Func<int, byte[]> content, string extension) => _folder is { } folder
        ? (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = Path.Combine(folder, $"{row()}.{extension}").AsMemory())
        : Vector(row, content);

    private static ValueGetter<VBuffer<T>> Vector<T>(Func<int> row, Func<int, T[]> values) => (ref VBuffer<T> value) =>
    {
        var all = values(row());
        VBuffer<T>.Copy(all, 0, ref value, all.Length);
    };
}
