using System.Text.Json;

namespace Fovea.Data;

/// <summary>Reads the lists of an instances file; what they mean together is <see cref="CocoReader"/>'s.</summary>
internal sealed class CocoParser
{
    public List<CocoImage> Images { get; } = [];

    public List<CocoCategory> Categories { get; } = [];

    public List<CocoAnnotation> Annotations { get; } = [];

    /// <exception cref="InvalidDataException">It is no JSON or holds other lists than wanted; the message names line and column.</exception>
    public static CocoParser Parse(string path, ReadOnlySpan<byte> content)
    {
        var json = new JsonFile(path, content);
        var parser = new CocoParser();
        json.Read();
        json.Require(JsonTokenType.StartObject, "an object with the lists images, annotations and categories");
        var found = (Images: false, Annotations: false, Categories: false);
        while (json.Read() && json.Type == JsonTokenType.PropertyName)
        {
            if (json.Is("images"u8))
                found.Images = List(ref json, "images", parser.Image);
            else if (json.Is("annotations"u8))
                found.Annotations = List(ref json, "annotations", parser.Annotation);
            else if (json.Is("categories"u8))
                found.Categories = List(ref json, "categories", parser.Category);
            else
                json.Skip();
        }
        json.Read(); // what follows the object is malformed
        if (found != (true, true, true))
            throw new InvalidDataException($"'{path}' has no list of {(found.Images ? found.Annotations ? "categories" : "annotations" : "images")}; an instances file of COCO has images, annotations and categories.");
        return parser;
    }

    private delegate void Item(ref JsonFile json);

    private delegate void Property(ref JsonFile json);

    private static bool List(ref JsonFile json, string name, Item item)
    {
        json.Read();
        json.Require(JsonTokenType.StartArray, $"a list of {name}");
        while (json.Read() && json.Type != JsonTokenType.EndArray)
        {
            json.Require(JsonTokenType.StartObject, $"an object in the list of {name}");
            item(ref json);
        }
        return true;
    }

    private void Image(ref JsonFile json)
    {
        var offset = json.Offset;
        (long? id, string? name, int width, int height) = (null, null, 0, 0);
        while (json.Read() && json.Type == JsonTokenType.PropertyName)
        {
            if (Enter(ref json, "id"u8))
                id = json.Integer("id of an image");
            else if (Enter(ref json, "file_name"u8))
                name = json.Text("file_name");
            else if (Enter(ref json, "width"u8))
                width = Side(ref json, "width");
            else if (Enter(ref json, "height"u8))
                height = Side(ref json, "height");
            else
                json.Skip();
        }
        if (id is null || name is null)
            throw json.Error($"the image that ends here has no {(id is null ? "id" : "file_name")}");
        Images.Add(new CocoImage(id.Value, name, width, height, offset));
    }

    private void Category(ref JsonFile json)
    {
        var offset = json.Offset;
        (long? id, string? name, string? group) = (null, null, null);
        while (json.Read() && json.Type == JsonTokenType.PropertyName)
        {
            if (Enter(ref json, "id"u8))
                id = json.Integer("id of a category");
            else if (Enter(ref json, "name"u8))
                name = json.Text("name of a category");
            else if (Enter(ref json, "supercategory"u8))
                group = json.Type == JsonTokenType.Null ? null : json.Text("supercategory");
            else
                json.Skip();
        }
        if (id is null || string.IsNullOrWhiteSpace(name))
            throw json.Error($"the category that ends here has no {(id is null ? "id" : "name")}");
        Categories.Add(new CocoCategory(id.Value, name, group, offset));
    }

    private void Annotation(ref JsonFile json)
    {
        var annotation = new CocoAnnotation { Offset = json.Offset };
        while (json.Read() && json.Type == JsonTokenType.PropertyName)
        {
            if (Enter(ref json, "id"u8))
                annotation.Id = json.Integer("id of an annotation");
            else if (Enter(ref json, "image_id"u8))
                annotation.ImageId = json.Integer("image_id");
            else if (Enter(ref json, "category_id"u8))
                annotation.CategoryId = json.Integer("category_id");
            else if (Enter(ref json, "bbox"u8))
                annotation.Box = Box(ref json);
            else if (Enter(ref json, "area"u8))
                annotation.Area = json.Number("area");
            else if (Enter(ref json, "iscrowd"u8))
                annotation.IsCrowd = json.Flag("iscrowd");
            else if (Enter(ref json, "segmentation"u8))
                annotation.Segmentation = json.Type == JsonTokenType.Null ? default : json.Raw();
            else if (Enter(ref json, "difficult"u8))
                annotation.IsDifficult = json.Flag("difficult");
            else if (Enter(ref json, "truncated"u8))
                annotation.IsTruncated = json.Flag("truncated");
            else if (Enter(ref json, "pose"u8))
                annotation.Pose = json.Text("pose");
            else
                json.Skip();
        }
        if (annotation.Id is null || annotation.ImageId is null || annotation.CategoryId is null)
            throw json.Error($"the annotation that ends here has no {(annotation.Id is null ? "id" : annotation.ImageId is null ? "image_id" : "category_id")}");
        Annotations.Add(annotation);
    }

    /// <summary>Whether the property is the one named; then stands at its value.</summary>
    internal static bool Enter(ref JsonFile json, ReadOnlySpan<byte> name)
    {
        if (json.Type != JsonTokenType.PropertyName || !json.Is(name))
            return false;
        json.Read();
        return true;
    }

    private static int Side(ref JsonFile json, string what) => json.Integer(what) is > 0 and <= int.MaxValue and var side ? (int)side
        : throw json.Error($"the {what} of an image must be at least 1 pixel");

    internal static (double X, double Y, double Width, double Height)? Box(ref JsonFile json)
    {
        if (json.Type == JsonTokenType.Null)
            return null;
        json.Require(JsonTokenType.StartArray, "a bbox of four numbers (x, y, width, height)");
        Span<double> numbers = stackalloc double[4];
        var count = 0;
        while (json.Read() && json.Type != JsonTokenType.EndArray)
        {
            var number = json.Number("in a bbox");
            if (count < 4)
                numbers[count] = number;
            count++;
        }
        return count switch
        {
            0 => null, // as tools write it where there is only a segmentation
            4 => (numbers[0], numbers[1], numbers[2], numbers[3]),
            _ => throw json.Error($"a bbox has four numbers (x, y, width, height), but this has {count}"),
        };
    }
}
