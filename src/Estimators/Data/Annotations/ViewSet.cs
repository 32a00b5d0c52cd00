using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>The way back from a data view to an annotated set, for the writers.</summary>
internal static class ViewSet
{
    private static readonly (string Column, AnnotationFields Field)[] Optional =
    [
        (BoxColumns.ImageId, AnnotationFields.ImageId), (BoxColumns.IsCrowd, AnnotationFields.Crowd), (BoxColumns.IsDifficult, AnnotationFields.Difficult),
        (BoxColumns.IsTruncated, AnnotationFields.Truncated), (BoxColumns.Poses, AnnotationFields.Pose), (BoxColumns.Areas, AnnotationFields.Area),
        (BoxColumns.Segmentations, AnnotationFields.Segmentation), (BoxColumns.AnnotationIds, AnnotationFields.AnnotationId),
    ];

    /// <param name="view">With a text column <c>Image</c> (paths) and the columns that <see cref="BoxColumns"/> finds; sizes that are not there are read from the files.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">There are no rows, no classes, or a row is malformed.</exception>
    public static AnnotatedSet Read(IDataView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var image = ImageColumn.Find(view.Schema, BoxColumns.Image);
        if (image.Type is not TextDataViewType)
            throw new ArgumentException($"The column '{BoxColumns.Image}' is of type {image.Type}; annotations name files, so it must be text (paths). Write the images to files first.");
        var columns = BoxColumns.Find(view.Schema);
        using var cursor = view.GetRowCursor([image, .. columns.All]);
        var path = cursor.GetGetter<ReadOnlyMemory<char>>(image);
        var width = Getter<int>(BoxColumns.ImageWidth);
        var height = Getter<int>(BoxColumns.ImageHeight);
        var id = Getter<long>(BoxColumns.ImageId);
        var reader = new BoxReader(cursor, columns);
        var images = new List<AnnotatedImage>();
        var objects = new List<AnnotatedObject>();
        ReadOnlyMemory<char> text = default;
        while (cursor.MoveNext())
        {
            path(ref text);
            if (text.Span.IsWhiteSpace())
                throw new InvalidDataException($"Row {cursor.Position} has an empty path in the column '{BoxColumns.Image}'.");
            reader.Read(objects);
            var file = Path.GetFullPath(text.ToString());
            var (columnsOf, rowsOf) = (Value(width), Value(height));
            if (columnsOf <= 0 || rowsOf <= 0)
                (columnsOf, rowsOf) = ImageSize.Read(file);
            images.Add(new AnnotatedImage(file, columnsOf, rowsOf, [.. objects]) { Id = Value(id) });
        }
        if (images.Count == 0)
            throw new InvalidDataException("The view has no rows; there is nothing to write.");
        if (reader.ClassNames.Count == 0)
            throw new InvalidDataException("The view has no objects, and its labels are text: there are no classes to write.");
        var fields = Optional.Where(o => columns[o.Column] is not null).Aggregate(AnnotationFields.None, (all, o) => all | o.Field);
        return new AnnotatedSet(reader.ClassNames, images, fields)
        {
            CategoryIds = Annotation<long>(columns.Classes, BoxColumns.CategoryIds, NumberDataViewType.Int64),
            Supercategories = Annotation<ReadOnlyMemory<char>>(columns.Classes, BoxColumns.Supercategories, TextDataViewType.Instance)?.Select(t => t.ToString()).ToList(),
        };

        ValueGetter<T>? Getter<T>(string name) => columns[name] is { } column ? cursor.GetGetter<T>(column) : null;

        static T Value<T>(ValueGetter<T>? getter)
        {
            T value = default!;
            getter?.Invoke(ref value);
            return value;
        }
    }

    private static T[]? Annotation<T>(DataViewSchema.Column column, string kind, DataViewType item)
    {
        if (column.Annotations.Schema.GetColumnOrNull(kind) is not { Type: VectorDataViewType vector } annotation || !vector.ItemType.Equals(item))
            return null;
        VBuffer<T> values = default;
        column.Annotations.GetGetter<VBuffer<T>>(annotation)(ref values);
        return [.. values.DenseValues()];
    }
}
