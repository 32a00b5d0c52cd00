using System.Text.Json.Nodes;

namespace Fovea.Storage;

/// <summary>model.json: everything about a model but its weights.</summary>
internal sealed record ModelDescription
{
    /// <summary>Which room can read it, for example "classification".</summary>
    public required string Kind { get; init; }

    /// <summary>The room's options, written with <see cref="ModelJson.ToNode{T}"/>.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>Role to column name, for example "image" to "Image".</summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }

    /// <summary>The names of classes 0 .. K-1; empty where the model knows no classes.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Name to value of what was measured in training, for example "accuracy".</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>An object an epoch.</summary>
    public JsonArray History { get; init; } = [];

    /// <summary>Component to version of what wrote the file; filled in by <see cref="ModelFile.Save"/>.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();
}
