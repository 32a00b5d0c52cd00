using Fovea.Data;

namespace Fovea.Detection.Evaluation;

/// <summary>Reads truth and prediction from COCO's files, without the images and in all their digits.</summary>
internal sealed class CocoDetections
{
    private readonly string _path;
    private readonly byte[] _json;
    private readonly bool _isMasks;

    private CocoDetections(string path, bool masks) => (_path, _json, _isMasks) = (path, Bytes(path), masks);

    /// <param name="truthPath">An instances file.</param>
    /// <param name="resultsPath">Predictions in the results format.</param>
    /// <param name="masks">Compares segmentations instead of boxes.</param>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file is malformed, or the two do not belong together; the message names file, line and column.</exception>
    public static DetectionSet Read(string truthPath, string resultsPath, bool masks)
    {
        var truth = new CocoDetections(truthPath, masks);
        var found = new CocoDetections(resultsPath, masks);
        var parsed = CocoParser.Parse(truth._path, truth._json);
        if (parsed.Images.Count == 0 || parsed.Categories.Count == 0)
            throw new InvalidDataException($"'{truth._path}' lists no {(parsed.Images.Count == 0 ? "images" : "categories")}.");
        var categories = parsed.Categories.OrderBy(c => c.Id).ToList();
        var labels = new Dictionary<long, int>();
        foreach (var category in categories)
            if (!labels.TryAdd(category.Id, labels.Count))
                throw truth.Error(category.Offset, $"the category id {category.Id} is there twice");
        var images = new Dictionary<long, (CocoImage Image, List<TrueObject> Truths, List<PredictedObject> Predictions)>();
        foreach (var image in parsed.Images)
            if (!images.TryAdd(image.Id, (image, [], [])))
                throw truth.Error(image.Offset, $"the image id {image.Id} is there twice");

        foreach (var a in parsed.Annotations)
        {
            var (image, label) = truth.Place(images, labels, a.ImageId!.Value, a.CategoryId!.Value, a.Offset, "annotation");
            var mask = truth.Mask(a.Segmentation, image.Image, a.Offset);
            var (x, y, width, height) = truth.Box(a.Box, mask, a.Offset);
            image.Truths.Add(new TrueObject(x, y, x + width, y + height, label)
            {
                BoxArea = width * height, Area = a.Area ?? mask?.Area ?? width * height, IsCrowd = a.IsCrowd, IsDifficult = a.IsDifficult ?? false, Mask = mask,
            });
        }
        foreach (var r in CocoResults.Parse(found._path, found._json))
        {
            var (image, label) = found.Place(images, labels, r.ImageId!.Value, r.CategoryId!.Value, r.Offset, "prediction");
            var mask = found.Mask(r.Segmentation, image.Image, r.Offset);
            var (x, y, width, height) = found.Box(r.Box, mask, r.Offset);
            image.Predictions.Add(new PredictedObject(x, y, x + width, y + height, label, r.Score!.Value) { BoxArea = width * height, Mask = mask });
        }
        var set = new DetectionSet([.. categories.Select(c => c.Name)]);
        foreach (var (image, truths, predictions) in images.Values)
            set.Add(new EvaluatedImage(image.Id, truths, predictions));
        return set;
    }

    private (T Image, int Label) Place<T>(Dictionary<long, T> images, Dictionary<long, int> labels, long imageId, long categoryId, int offset, string what)
    {
        if (!images.TryGetValue(imageId, out var image))
            throw Error(offset, $"this {what} is of image {imageId}, which is not in the truth's list of images");
        return labels.TryGetValue(categoryId, out var label) ? (image, label)
            : throw Error(offset, $"this {what} is of category {categoryId}, which is not in the truth's list of categories");
    }

    private (double X, double Y, double Width, double Height) Box((double X, double Y, double Width, double Height)? given, RunLengths? mask, int offset)
    {
        if (given is null && mask is not null)
        {
            var (x0, y0, x1, y1) = mask.Bounds();
            return (x0, y0, x1 - x0, y1 - y0);
        }
        var box = given ?? throw Error(offset, "there is no bbox here");
        return box.Width >= 0 && box.Height >= 0 ? box
            : throw Error(offset, FormattableString.Invariant($"the bbox here is {box.Width} wide and {box.Height} high; neither can be negative"));
    }

    private RunLengths? Mask(Range segmentation, CocoImage image, int offset)
    {
        if (!_isMasks)
            return null;
        var json = _json.AsSpan(segmentation);
        if (json.IsEmpty)
            throw Error(offset, "there is no segmentation here, but masks are to be compared");
        if (image.Width == 0 || image.Height == 0)
            throw Error(offset, $"this is of image {image.Id}, whose width and height the truth does not state; masks need them");
        try
        {
            return Outline.Parse(json)?.ToRuns(image.Height, image.Width) ?? new RunLengths(image.Height, image.Width, image.Height * image.Width);
        }
        catch (InvalidDataException e)
        {
            throw Error(offset, $"the segmentation here {e.Message}");
        }
    }

    private InvalidDataException Error(int offset, string problem) => JsonFile.Error(_path, _json, offset, problem);

    private static byte[] Bytes(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return File.Exists(path) ? File.ReadAllBytes(path) : throw new FileNotFoundException($"There is no file '{Path.GetFullPath(path)}'.", path);
    }
}
