using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Fovea.Storage;

/// <summary>How options become JSON and come back. A field that this version does not know is an error, not a loss.</summary>
internal static class ModelJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        // Infinity and NaN are values a metric or a tolerance can have.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        MaxDepth = 64,
    };

    /// <summary>This library's version, without the build's hash.</summary>
    public static string LibraryVersion { get; } =
        (typeof(ModelJson).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];

    public static JsonObject ToNode<T>(T value) => JsonSerializer.SerializeToNode(value, Options)!.AsObject();

    /// <param name="node">What the file says.</param>
    /// <param name="what">The part of model.json, for messages.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="versions">What wrote the file, for messages.</param>
    /// <exception cref="InvalidDataException">It does not fit <typeparamref name="T"/>.</exception>
    public static T FromNode<T>(JsonNode? node, string what, string path, IReadOnlyDictionary<string, string> versions)
    {
        try
        {
            return node.Deserialize<T>(Options) ?? throw new JsonException("it is null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"'{path}': the {what} in model.json cannot be understood: {e.Message} {WrittenBy(versions)}", e);
        }
    }

    /// <summary>Who wrote the file, who reads it, and what to do where they differ.</summary>
    public static string WrittenBy(IReadOnlyDictionary<string, string> versions)
    {
        var writer = versions.GetValueOrDefault("fovea", "an unknown version");
        return writer == LibraryVersion
            ? $"The file was written by this version of Fovea ({writer}), so it was changed or damaged since; save the model again."
            : $"The file was written by Fovea {writer}, this is Fovea {LibraryVersion}; read it with the version that wrote it, or update this one.";
    }
}
