using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Data;

/// <summary>A pair of IDX files: Image and Label.</summary>
internal sealed class IdxView : RowView
{
    private readonly byte[] _pixels; // (N, H, W)
    private readonly byte[] _labels; // (N,)
    private readonly int _height;
    private readonly int _width;

    private IdxView(DataViewSchema schema, byte[] pixels, byte[] labels, int height, int width) : base(schema, labels.Length) =>
        (_pixels, _labels, _height, _width) = (pixels, labels, height, width);

    public static IdxView Open(string images, string labels, IReadOnlyList<string>? classNames)
    {
        var (imageSizes, pixels) = IdxFile.Read(images, 3, "images");
        var (_, labelBytes) = IdxFile.Read(labels, 1, "labels");
        var (count, height, width) = (imageSizes[0], imageSizes[1], imageSizes[2]);
        if (count != labelBytes.Length)
            throw new InvalidDataException($"'{images}' holds {count} images, but '{labels}' {labelBytes.Length} labels. They must be of the same set.");
        if (count == 0)
            throw new InvalidDataException($"'{images}' holds no images.");
        var highest = labelBytes.Max();
        if (classNames is not null)
        {
            if (highest >= classNames.Count)
                throw new InvalidDataException($"'{labels}' holds the label {highest} (row {Array.IndexOf(labelBytes, highest)}), but {classNames.Count} class names were given; {highest + 1} are needed.");
            if (classNames.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
                throw new ArgumentException($"The class name '{twice.Key}' was given {twice.Count()} times; each class needs its own.", nameof(classNames));
        }
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Image", new ImageDataViewType(height, width));
        ClassKey.AddTo(schema, "Label", classNames ?? LabelColumn.Numbers(highest + 1));
        return new IdxView(schema.ToSchema(), pixels, labelBytes, height, width);
    }

    public override Delegate CreateGetter(int column, Func<int> row)
    {
        if (column == 1)
            return (ValueGetter<uint>)((ref uint value) => value = _labels[row()] + 1u);
        var size = _height * _width;
        var rgba = new byte[size * 4];
        return (ValueGetter<MLImage>)((ref MLImage value) =>
        {
            var grey = _pixels.AsSpan(row() * size, size);
            for (var i = 0; i < grey.Length; i++)
            {
                var pixel = rgba.AsSpan(i * 4, 4);
                pixel[3] = 255;
                pixel[2] = pixel[1] = pixel[0] = grey[i];
            }
            // As ML.NET's own image columns: who asks for the next image has done with the last.
            value?.Dispose();
            value = MLImage.CreateFromPixels(_width, _height, MLPixelFormat.Rgba32, rgba);
        });
    }
}
