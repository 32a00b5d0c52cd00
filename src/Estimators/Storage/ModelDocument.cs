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
    public required Dictionary<string, string> Columns { get; init; }
    public required string[] ClassNames { get; init; }
    public required JsonObject Options { get; init; }
    public required Dictionary<string, double> Metrics { get; init; }
    public required JsonArray History { get; init; }
    public required WeightsMark Weights { get; init; }

    /// <summary>What the weights in the file must be.</summary>
    public sealed record WeightsMark
    {
        public required long Bytes { get; init; }
        public required string Sha256 { get; init; }
    }

    public ModelDescription ToDescription() => new()
    {
        Kind = Kind,
        Options = Options,
        Columns = Columns,
        ClassNames = ClassNames,
        Metrics = Metrics,
        History = History,
        Versions = Versions,
    };
}
