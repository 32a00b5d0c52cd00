using System.Text.Json.Nodes;

namespace Fovea.Storage;

/// <summary>model.json: everything about a model but its weights.</summary>
internal sealed record ModelDescription
{
    /// <summary>Which room can read it, for example "classification".</summary>
    public required string Kind { get; init; }

    /// <summary>The room's options, the names of its columns among them, written with <see cref="ModelJson.ToNode{T}"/>.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>The names of classes 0 .. K-1; empty where the model knows no classes.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>How it was trained, with what was measured in every epoch.</summary>
    public required TrainingHistory History { get; init; }

    /// <summary>Component to version of what wrote the file; filled in by <see cref="ModelFile.Save"/>.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();
}
