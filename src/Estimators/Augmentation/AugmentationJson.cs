using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fovea;

/// <summary>An <see cref="Augmentation"/> as a JSON array: <c>[{"step":"shift","pixels":2,"fill":"Zero"},{"step":"flip","probability":0.5}]</c>.</summary>
internal sealed class AugmentationJson : JsonConverter<Augmentation>
{
    private sealed record Step(string Name, int? Pixels = null, EdgeFill? Fill = null, double? Probability = null);

    public override Augmentation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var steps = JsonSerializer.Deserialize<List<Step>>(ref reader, options) ?? [];
        return new Augmentation([.. steps.Select(ToStep)]);
    }

    public override void Write(Utf8JsonWriter writer, Augmentation value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Steps.Select(FromStep).ToList(), options);

    private static IImageAugmentation ToStep(Step step) => step switch
    {
        { Name: "shift", Pixels: { } pixels, Fill: { } fill } => new RandomShift(pixels, fill),
        { Name: "flip", Probability: { } probability } => new RandomHorizontalFlip(probability),
        _ => throw new JsonException($"'{step.Name}' is no augmentation that this version knows, or lacks its numbers; it knows shift (pixels, fill) and flip (probability)."),
    };

    private static Step FromStep(IImageAugmentation step) => step switch
    {
        RandomShift shift => new("shift", Pixels: shift.Pixels, Fill: shift.Fill),
        RandomHorizontalFlip flip => new("flip", Probability: flip.Probability),
        _ => throw new JsonException($"{step.GetType().Name} has no form in JSON."),
    };
}
