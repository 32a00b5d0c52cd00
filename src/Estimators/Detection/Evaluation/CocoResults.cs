using System.Text.Json;
using Fovea.Data;

namespace Fovea.Detection.Evaluation;

/// <summary>
/// Reads predictions in COCO's results format: a list of objects with image_id, category_id, score and bbox or segmentation;
/// or, as some tools write it, an object with such a list as its annotations.
/// </summary>
internal static class CocoResults
{
    /// <exception cref="InvalidDataException">It is something else; the message names line and column.</exception>
    public static List<CocoResult> Parse(string path, ReadOnlySpan<byte> content)
    {
        var json = new JsonFile(path, content);
        json.Read();
        if (json.Type == JsonTokenType.StartArray)
            return ReadList(ref json);
        json.Require(JsonTokenType.StartObject, "a list of predictions, or an object with a list of annotations,");
        List<CocoResult>? results = null;
        while (json.Read() && json.Type == JsonTokenType.PropertyName)
        {
            if (!CocoParser.Enter(ref json, "annotations"u8))
            {
                json.Skip();
                continue;
            }
            json.Require(JsonTokenType.StartArray, "a list of annotations");
            results = ReadList(ref json);
        }
        return results ?? throw new InvalidDataException($"'{path}' has no list of annotations; predictions are a list, or an object with a list of annotations.");
    }

    private static List<CocoResult> ReadList(ref JsonFile json)
    {
        var results = new List<CocoResult>();
        while (json.Read() && json.Type != JsonTokenType.EndArray)
        {
            json.Require(JsonTokenType.StartObject, "an object in the list of predictions");
            results.Add(ReadOne(ref json));
        }
        return results;
    }

    private static CocoResult ReadOne(ref JsonFile json)
    {
        var result = new CocoResult { Offset = json.Offset };
        while (json.Read() && json.Type == JsonTokenType.PropertyName)
        {
            if (CocoParser.Enter(ref json, "image_id"u8))
                result.ImageId = json.Integer("image_id");
            else if (CocoParser.Enter(ref json, "category_id"u8))
                result.CategoryId = json.Integer("category_id");
            else if (CocoParser.Enter(ref json, "bbox"u8))
                result.Box = CocoParser.Box(ref json);
            else if (CocoParser.Enter(ref json, "score"u8))
                result.Score = json.Number("score");
            else if (CocoParser.Enter(ref json, "segmentation"u8))
                result.Segmentation = json.Type == JsonTokenType.Null ? default : json.Raw();
            else
                json.Skip();
        }
        if (result.ImageId is null || result.CategoryId is null || result.Score is null)
            throw json.Error($"the prediction that ends here has no {(result.ImageId is null ? "image_id" : result.CategoryId is null ? "category_id" : "score")}");
        return result;
    }
}
