using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Data;

/// <summary>Files of CIFAR's binary version: Image and Label. The records stay as they are; an image is made as its row is read.</summary>
internal sealed class CifarView : RowView
{
    private readonly CifarFormat _format;
    private readonly byte[][] _files; // each (n, labels and 3 planes)
    private readonly int[] _firstRows;

    private CifarView(DataViewSchema schema, CifarFormat format, byte[][] files, int[] firstRows, int rows) : base(schema, rows) =>
        (_format, _files, _firstRows) = (format, files, firstRows);

    public static CifarView Open(CifarFormat format, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0)
            throw new ArgumentException($"No file was given; wanted is at least one of {format.Name}'s .bin files.", nameof(paths));
        var classNames = format.ClassNames(Path.GetDirectoryName(Path.GetFullPath(paths[0]))!);
        var files = new byte[paths.Count][];
        var firstRows = new int[paths.Count];
        var rows = 0;
        for (var i = 0; i < files.Length; i++)
        {
            files[i] = ReadFile(format, paths[i]);
            firstRows[i] = rows;
            rows = checked(rows + files[i].Length / format.RecordBytes);
        }
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Image", new ImageDataViewType(CifarFormat.Side, CifarFormat.Side));
        ClassKey.AddTo(schema, "Label", classNames);
        return new CifarView(schema.ToSchema(), format, files, firstRows, rows);
    }

    public override Delegate CreateGetter(int column, Func<int> row)
    {
        if (column == 1)
            return (ValueGetter<uint>)((ref uint value) => value = Record(row())[_format.LabelAt] + 1u);
        const int plane = CifarFormat.Side * CifarFormat.Side;
        var rgba = new byte[plane * 4];
        return (ValueGetter<MLImage>)((ref MLImage value) =>
        {
            var planes = Record(row())[_format.LabelBytes..]; // (3, 32, 32): red, green, blue
            for (var i = 0; i < plane; i++)
            {
                var pixel = rgba.AsSpan(i * 4, 4);
                pixel[3] = 255;
                pixel[2] = planes[2 * plane + i];
                pixel[1] = planes[plane + i];
                pixel[0] = planes[i];
            }
            // As ML.NET's own image columns: who asks for the next image has done with the last.
            value?.Dispose();
            value = MLImage.CreateFromPixels(CifarFormat.Side, CifarFormat.Side, MLPixelFormat.Rgba32, rgba);
        });
    }

    private static byte[] ReadFile(CifarFormat format, string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{Path.GetFullPath(path)}' of {format.Name}.", path);
        var length = new FileInfo(path).Length;
        if (length == 0)
            throw new InvalidDataException($"'{path}' is empty; wanted are records of {format.RecordBytes} bytes.");
        if (length % format.RecordBytes != 0 || length > Array.MaxLength)
            throw new InvalidDataException($"'{path}' has {length} bytes, which is no whole number of {format.Name}'s records of {format.RecordBytes} bytes (at most {Array.MaxLength} in all). It is cut off, or another file.");
        var records = File.ReadAllBytes(path);
        for (var at = format.LabelAt; at < records.Length; at += format.RecordBytes)
            if (records[at] >= format.Classes)
                throw new InvalidDataException($"'{path}' has the label {records[at]} in record {at / format.RecordBytes} (from 0); {format.Name}'s are below {format.Classes}. It is damaged, or another file.");
        return records;
    }

    private ReadOnlySpan<byte> Record(int row)
    {
        var file = Array.BinarySearch(_firstRows, row);
        if (file < 0)
            file = ~file - 1;
        return _files[file].AsSpan((row - _firstRows[file]) * _format.RecordBytes, _format.RecordBytes);
    }
}
