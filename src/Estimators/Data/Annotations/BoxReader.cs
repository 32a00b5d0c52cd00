using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>Takes the objects out of the row a cursor stands at. Belongs to one cursor and its thread.</summary>
internal sealed class BoxReader
{
    private readonly DataViewRow _row;
    private readonly BoxColumns _columns;
    private readonly bool _isLenient;
    private readonly Func<ReadOnlyMemory<int>> _labels;
    private readonly Func<ReadOnlyMemory<float>> _corners;
    private readonly Func<ReadOnlyMemory<bool>>? _crowd, _difficult, _truncated;
    private readonly Func<ReadOnlyMemory<ReadOnlyMemory<char>>>? _poses, _segmentations;
    private readonly Func<ReadOnlyMemory<float>>? _areas;
    private readonly Func<ReadOnlyMemory<long>>? _ids;

    /// <param name="row">The row or cursor to read from; of the optional columns those that are active in it are read.</param>
    /// <param name="columns">Of the row's schema.</param>
    /// <param name="classNames">
    /// The classes to find labels among; null to take the column's own (for text: number them as they come, see <see cref="ClassNames"/>).
    /// </param>
    /// <param name="isLenient">For what looks for defects: a missing or unknown label is -1, a coordinate may be NaN and a box inside out.</param>
    public BoxReader(DataViewRow row, BoxColumns columns, IReadOnlyList<string>? classNames = null, bool isLenient = false)
    {
        (_row, _columns, _isLenient) = (row, columns, isLenient);
        var labels = new BoxLabelReader(row, columns, classNames, isLenient);
        _labels = labels.Read;
        ClassNames = labels.ClassNames;
        _corners = Values<float>(row, columns.Boxes);
        _crowd = Optional<bool>(BoxColumns.IsCrowd);
        _difficult = Optional<bool>(BoxColumns.IsDifficult);
        _truncated = Optional<bool>(BoxColumns.IsTruncated);
        _poses = Optional<ReadOnlyMemory<char>>(BoxColumns.Poses);
        _areas = Optional<float>(BoxColumns.Areas);
        _segmentations = Optional<ReadOnlyMemory<char>>(BoxColumns.Segmentations);
        _ids = Optional<long>(BoxColumns.AnnotationIds);
    }

    /// <summary>What the labels' indices mean; of a text column without given classes it grows while rows are read.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The row's objects, in their order.</summary>
    /// <param name="objects">Emptied and filled.</param>
    /// <exception cref="InvalidDataException">Counts disagree, a label is missing or unknown, or a box is none.</exception>
    public void Read(List<AnnotatedObject> objects)
    {
        objects.Clear();
        var corners = _corners().Span;
        var labels = _labels().Span;
        if (corners.Length != 4L * labels.Length)
            throw new InvalidDataException($"Row {_row.Position} has {labels.Length} labels in column '{_columns.Classes.Name}' and {corners.Length} numbers in column '{_columns.Boxes.Name}'; each object has one label and four numbers (x0, y0, x1, y1).");
        var count = labels.Length;
        var crowd = Take(_crowd, count, BoxColumns.IsCrowd).Span;
        var difficult = Take(_difficult, count, BoxColumns.IsDifficult).Span;
        var truncated = Take(_truncated, count, BoxColumns.IsTruncated).Span;
        var poses = Take(_poses, count, BoxColumns.Poses).Span;
        var areas = Take(_areas, count, BoxColumns.Areas).Span;
        var segmentations = Take(_segmentations, count, BoxColumns.Segmentations).Span;
        var ids = Take(_ids, count, BoxColumns.AnnotationIds).Span;
        for (var i = 0; i < count; i++)
        {
            var corner = corners.Slice(4 * i, 4);
            var box = new SampleBox(corner[0], corner[1], corner[2], corner[3], labels[i], !crowd.IsEmpty && crowd[i]);
            if (!_isLenient && Boxes.Problem(box) is { } problem)
                throw new InvalidDataException($"The box of object {i} in row {_row.Position} {problem}.");
            objects.Add(new AnnotatedObject(box)
            {
                IsDifficult = !difficult.IsEmpty && difficult[i],
                IsTruncated = !truncated.IsEmpty && truncated[i],
                Pose = poses.IsEmpty ? null : poses[i].ToString(),
                Area = areas.IsEmpty ? box.Area : areas[i],
                Segmentation = segmentations.IsEmpty ? default : Encoding.UTF8.GetBytes(segmentations[i].ToString()),
                Id = ids.IsEmpty ? 0 : ids[i],
            });
        }
    }

    /// <summary>Reads a vector column, sparse or dense; the memory is good until the next call.</summary>
    internal static Func<ReadOnlyMemory<T>> Values<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> buffer = default;
        T[] values = [];
        return () =>
        {
            getter(ref buffer);
            if (values.Length < buffer.Length)
                values = new T[Math.Max(buffer.Length, values.Length * 2)];
            buffer.CopyTo(values.AsSpan(0, buffer.Length));
            return values.AsMemory(0, buffer.Length);
        };
    }

    private Func<ReadOnlyMemory<T>>? Optional<T>(string name) =>
        _columns[name] is { } column && _row.IsColumnActive(column) ? Values<T>(_row, column) : null;

    /// <summary>Empty where there is no such column.</summary>
    private ReadOnlyMemory<T> Take<T>(Func<ReadOnlyMemory<T>>? read, int count, string name)
    {
        if (read is null)
            return default;
        var values = read();
        return values.Length == count ? values
            : throw new InvalidDataException($"Row {_row.Position} has {count} objects, but {values.Length} values in column '{name}'; each object has one.");
    }
}
