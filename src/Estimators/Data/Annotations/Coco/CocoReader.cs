using System.Globalization;

namespace Fovea.Data;

/// <summary>An instances file of COCO.</summary>
internal static class CocoReader
{
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is malformed or contradicts itself; the message names line and column.</exception>
    public static AnnotatedSet Read(string path, string imagesFolder, bool allowPathsOutside)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentException.ThrowIfNullOrWhiteSpace(imagesFolder);
        var file = Path.GetFullPath(path);
        if (!File.Exists(file))
            throw new FileNotFoundException($"There is no annotation file '{file}'.", file);
        var json = File.ReadAllBytes(file);
        var parsed = CocoParser.Parse(file, json);
        if (parsed.Images.Count == 0)
            throw new InvalidDataException($"'{file}' lists no images.");
        if (parsed.Categories.Count == 0)
            throw new InvalidDataException($"'{file}' lists no categories.");

        var categories = parsed.Categories.OrderBy(c => c.Id).ToList();
        var labels = Unique(categories, c => c.Id, "category", c => c.Offset);
        foreach (var twice in categories.GroupBy(c => c.Name).Where(g => g.Count() > 1))
            throw Error(twice.Last().Offset, $"the name '{twice.Key}' belongs to the categories {string.Join(" and ", twice.Select(c => c.Id))}; each needs its own");
        var places = Unique(parsed.Images, i => i.Id, "image", i => i.Offset);
        Unique(parsed.Annotations, a => a.Id!.Value, "annotation", a => a.Offset);

        var images = parsed.Images.Select(Image).ToList();
        var objects = images.Select(_ => new List<AnnotatedObject>()).ToList();
        foreach (var annotation in parsed.Annotations)
        {
            if (!places.TryGetValue(annotation.ImageId!.Value, out var place))
                throw Error(annotation.Offset, $"annotation {annotation.Id} is of image {annotation.ImageId}, which is not in the list of images");
            if (!labels.TryGetValue(annotation.CategoryId!.Value, out var label))
                throw Error(annotation.Offset, $"annotation {annotation.Id} is of category {annotation.CategoryId}, which is not in the list of categories");
            objects[place].Add(Object(annotation, label, images[place]));
        }
        return new AnnotatedSet([.. categories.Select(c => c.Name)], [.. images.Zip(objects, (image, list) => image with { Objects = list })], Fields(parsed.Annotations))
        {
            CategoryIds = [.. categories.Select(c => c.Id)],
            Supercategories = categories.Exists(c => c.Supercategory is not null) ? [.. categories.Select(c => c.Supercategory ?? "")] : null,
        };

        AnnotatedImage Image(CocoImage image)
        {
            var imagePath = ListedPath.Resolve(imagesFolder, image.FileName, allowPathsOutside, () => TextPlace.Of(file, json, image.Offset));
            var (width, height) = image.Width > 0 && image.Height > 0 ? (image.Width, image.Height) : ImageSize.Read(imagePath);
            return (long)width * height <= int.MaxValue ? new AnnotatedImage(imagePath, width, height, []) { Id = image.Id }
                : throw Error(image.Offset, $"image {image.Id} has {width} x {height} pixels, more than can be");
        }

        AnnotatedObject Object(CocoAnnotation annotation, int label, AnnotatedImage image)
        {
            var raw = json.AsMemory(annotation.Segmentation);
            Outline? outline = null;
            try
            {
                if (raw.Length > 0)
                    outline = Outline.Parse(raw.Span);
                outline?.CheckSize(image.Height, image.Width);
            }
            catch (InvalidDataException e)
            {
                throw Error(annotation.Segmentation.Start.Value, $"the segmentation of annotation {annotation.Id} {e.Message}");
            }
            var (x0, y0, x1, y1) = annotation.Box is { } given ? ((float)given.X, (float)given.Y, (float)(given.X + given.Width), (float)(given.Y + given.Height))
                : outline?.Bounds() ?? throw Error(annotation.Offset, $"annotation {annotation.Id} has neither a bbox nor a segmentation");
            var box = new SampleBox(x0, y0, x1, y1, label, annotation.IsCrowd);
            if (Boxes.Problem(box) is { } problem)
                throw Error(annotation.Offset, $"the box of annotation {annotation.Id} {problem}");
            return new AnnotatedObject(box)
            {
                Id = annotation.Id!.Value,
                Area = (float)(annotation.Area ?? outline?.Area() ?? box.Area),
                Segmentation = outline is null ? default : raw,
                IsDifficult = annotation.IsDifficult ?? false,
                IsTruncated = annotation.IsTruncated ?? false,
                Pose = annotation.Pose,
            };
        }

        Dictionary<long, int> Unique<T>(List<T> entries, Func<T, long> id, string what, Func<T, int> offset)
        {
            var found = new Dictionary<long, int>(entries.Count);
            for (var i = 0; i < entries.Count; i++)
                if (!found.TryAdd(id(entries[i]), i))
                    throw Error(offset(entries[i]), $"the {what} id {id(entries[i]).ToString(CultureInfo.InvariantCulture)} is there twice");
            return found;
        }

        InvalidDataException Error(int offset, string problem) => JsonFile.Error(file, json, offset, problem);
    }

    /// <summary>COCO's own; and what VOC says of objects, where a writer added it.</summary>
    private static AnnotationFields Fields(List<CocoAnnotation> annotations) =>
        AnnotationFields.ImageId | AnnotationFields.Crowd | AnnotationFields.Area | AnnotationFields.Segmentation | AnnotationFields.AnnotationId
        | (annotations.Exists(a => a.IsDifficult is not null) ? AnnotationFields.Difficult : 0)
        | (annotations.Exists(a => a.IsTruncated is not null) ? AnnotationFields.Truncated : 0)
        | (annotations.Exists(a => a.Pose is not null) ? AnnotationFields.Pose : 0);
}
