using System.Text.Json.Nodes;

namespace Fovea.Storage;

/// <summary>model.json as it is written.</summary>
internal sealed record ModelDocument
{
    /// <summary>Raised when a file of the new version cannot be read by the old.</summary>
    public const int CurrentFormat = 1;

    public required int Format { get; init; }
    public required string Kind { get; init; }
    public required Dictionary<string, string> Versions { get; init; }
    public required string[] ClassNames { get; init; }
    public required JsonObject Options { get; init; }
    public required TrainingHistory History { get; init; }
    public required EntryMark Weights { get; init; }

    /// <summary>Null where no ML.NET transformers come before the model.</summary>
    public EntryMark? Before { get; init; }

    /// <summary>Null where no ML.NET transformers come after it.</summary>
    public EntryMark? After { get; init; }

    /// <summary>What another entry of the file must be.</summary>
    public sealed record EntryMark
    {
        public required long Bytes { get; init; }
        public required string Sha256 { get; init; }
    }

    public ModelDescription ToDescription() => new()
    {
        Kind = Kind,
        Options = Options,
        ClassNames = ClassNames,
        History = History,
        Versions = Versions,
    };
}
