using System.Text.Json;
using System.Text.Json.Serialization;
using Fovea.Storage;

namespace Fovea;

/// <summary>An <see cref="Augmentation"/> as a JSON array: <c>[{"step":"shift","pixels":2,"fill":"zero"},{"step":"flip","probability":0.5}]</c>.</summary>
internal sealed class AugmentationJson : JsonConverter<Augmentation>
{
    /// <summary>A step that lacks one of its numbers would otherwise be taken with zero for it.</summary>
    private static readonly JsonSerializerOptions _strict = new(ModelJson.Options) { RespectRequiredConstructorParameters = true };

    public override Augmentation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<AugmentationStep[]>(ref reader, _strict) ?? []);

    public override void Write(Utf8JsonWriter writer, Augmentation value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Steps, _strict);
}
