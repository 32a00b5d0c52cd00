using System.Text.Json;

namespace Fovea.Data;

/// <summary>Writes a set as an instances file of COCO.</summary>
internal static class CocoWriter
{
    public static void Write(AnnotatedSet set, string path, string? imagesFolder, bool copyImages, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (copyImages && string.IsNullOrWhiteSpace(imagesFolder))
            throw new ArgumentException("Where the images are to be copied to must be given.", nameof(imagesFolder));
        var common = ImageNames.CommonFolder(set.Images.Select(i => i.Path));
        var folder = copyImages || imagesFolder is null ? common : Path.GetFullPath(imagesFolder);
        var imageIds = Ids(set.Images.Select(i => i.Id), set.Has(AnnotationFields.ImageId), "image", BoxColumns.ImageId);
        var annotationIds = Ids(set.Images.SelectMany(i => i.Objects).Select(o => o.Id), set.Has(AnnotationFields.AnnotationId), "annotation", BoxColumns.AnnotationIds);
        var categoryIds = set.CategoryIds ?? [.. Enumerable.Range(1, set.ClassNames.Count).Select(i => (long)i)];

        var files = new FileBatch();
        if (copyImages)
            foreach (var image in set.Images)
                files.Copy(image.Path, Path.Combine(imagesFolder!, ImageNames.Relative(folder, image.Path)));
        files.Add(path, stream =>
        {
            using var json = new Utf8JsonWriter(stream);
            json.WriteStartObject();
            json.WriteStartArray("images");
            foreach (var (image, id) in set.Images.Zip(imageIds))
            {
                json.WriteStartObject();
                json.WriteNumber("id", id);
                json.WriteString("file_name", ImageNames.Relative(folder, image.Path));
                json.WriteNumber("width", image.Width);
                json.WriteNumber("height", image.Height);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("annotations");
            var next = 0;
            foreach (var (image, id) in set.Images.Zip(imageIds))
                foreach (var entry in image.Objects)
                    Annotation(json, set, entry, annotationIds[next++], id, categoryIds[entry.Box.Label]);
            json.WriteEndArray();
            json.WriteStartArray("categories");
            for (var k = 0; k < set.ClassNames.Count; k++)
            {
                json.WriteStartObject();
                json.WriteNumber("id", categoryIds[k]);
                json.WriteString("name", set.ClassNames[k]);
                if (set.Supercategories?[k] is { Length: > 0 } group)
                    json.WriteString("supercategory", group);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
        files.Commit(overwrite);
    }

    private static void Annotation(Utf8JsonWriter json, AnnotatedSet set, AnnotatedObject entry, long id, long imageId, long categoryId)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", imageId);
        json.WriteNumber("category_id", categoryId);
        json.WriteStartArray("bbox");
        json.WriteNumberValue(ShortNumbers.Decimal(entry.Box.X0));
        json.WriteNumberValue(ShortNumbers.Decimal(entry.Box.Y0));
        json.WriteNumberValue(ShortNumbers.Size(entry.Box.X0, entry.Box.X1));
        json.WriteNumberValue(ShortNumbers.Size(entry.Box.Y0, entry.Box.Y1));
        json.WriteEndArray();
        json.WriteNumber("area", entry.Area);
        json.WriteNumber("iscrowd", entry.Box.IsCrowd ? 1 : 0);
        json.WritePropertyName("segmentation");
        if (entry.Segmentation.IsEmpty)
        {
            json.WriteStartArray();
            json.WriteEndArray();
        }
        else
            json.WriteRawValue(entry.Segmentation.Span);
        // COCO has no words for these; its tools pass over them, and FromCoco reads them.
        if (set.Has(AnnotationFields.Difficult))
            json.WriteNumber("difficult", entry.IsDifficult ? 1 : 0);
        if (set.Has(AnnotationFields.Truncated))
            json.WriteNumber("truncated", entry.IsTruncated ? 1 : 0);
        if (set.Has(AnnotationFields.Pose))
            json.WriteString("pose", entry.Pose);
        json.WriteEndObject();
    }

    /// <summary>Those of the view, or 1, 2, ...</summary>
    private static List<long> Ids(IEnumerable<long> given, bool isGiven, string what, string column)
    {
        var ids = given.Select((id, i) => isGiven ? id : i + 1).ToList();
        if (ids.GroupBy(id => id).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidDataException($"The {what} id {twice.Key} is in the column '{column}' {twice.Count()} times. Drop the column (DropColumns), and they are numbered anew.");
        return ids;
    }
}
