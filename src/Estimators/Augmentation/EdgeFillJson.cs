using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fovea;

/// <summary>An <see cref="EdgeFill"/> as the text it reads and writes.</summary>
internal sealed class EdgeFillJson : JsonConverter<EdgeFill>
{
    public override EdgeFill Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException($"A fill is a text, not a {reader.TokenType}.");
        try
        {
            return EdgeFill.Parse(reader.GetString()!);
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, EdgeFill value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
