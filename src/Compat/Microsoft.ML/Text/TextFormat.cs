using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How lines are found and cut into fields; checked.</summary>
internal sealed record TextFormat
{
    /// <summary>One or more characters.</summary>
    public string Separators { get; init; } = "\t";

    public bool Quoting { get; init; }

    public bool Sparse { get; init; }

    public bool TrimEnd { get; init; }

    public bool HasHeader { get; init; }

    public bool Multiline { get; init; }

    public char Escape { get; init; } = '"';

    /// <summary>Fields of a line; 0: to be found out.</summary>
    public int Fields { get; init; }

    public long MaxRows { get; init; } = long.MaxValue;

    public RealStyle Reals { get; init; }

    public bool IsSeparator(char c) => Separators.Contains(c);

    public static TextFormat Of(TextLoader.Options options)
    {
        Check.Param(options.Separators is { Length: > 0 }, "Separator", "Must specify a separator");
        foreach (char separator in options.Separators)
            Check.Param(separator is '\t' || separator >= ' ' && !char.IsAsciiDigit(separator) && separator != '"', "Separator", $"Illegal separator: '{separator}'");
        Check.Param(!options.AllowSparse || !options.Separators.Contains(':'), "Separator", "When the separator is colon, turn off allowSparse");
        Check.Param(options.DecimalMarker is '.' or ',', nameof(options.DecimalMarker), $"Decimal marker cannot be the '{options.DecimalMarker}' character. It must be '.' or ','.");
        Check.Param(options.AllowQuoting || options.DecimalMarker != ',' || !options.Separators.Contains(','), nameof(options.AllowQuoting),
            "Quoting must be allowed if decimal marker and separator are the ',' character.");
        Check.Param(!options.Separators.Contains(options.EscapeChar), nameof(options.EscapeChar), $"EscapeChar '{options.EscapeChar}' can't be used both as EscapeChar and separator");
        Check.Param(options.MaxRows is null or >= 0, nameof(options.MaxRows));
        Check.That(options.InputSize is null or >= 0, "inputSize");
        return new()
        {
            Separators = string.Concat(options.Separators.Distinct()),
            Quoting = options.AllowQuoting,
            Sparse = options.AllowSparse,
            TrimEnd = options.TrimWhitespace,
            // A header in a file of its own takes the place of one in the data.
            HasHeader = options.HasHeader && string.IsNullOrWhiteSpace(options.HeaderFile),
            Multiline = options.AllowQuoting && options.ReadMultilines,
            Escape = options.EscapeChar,
            Fields = options.InputSize ?? 0,
            MaxRows = options.MaxRows ?? long.MaxValue,
            Reals = new(options.DecimalMarker == ',', options.MissingRealsAsNaNs),
        };
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Separators);
        writer.Write(Quoting);
        writer.Write(Sparse);
        writer.Write(TrimEnd);
        writer.Write(HasHeader);
        writer.Write(Multiline);
        writer.Write(Escape);
        writer.Write(Fields);
        writer.Write(MaxRows);
        writer.Write(Reals.CommaIsDecimal);
        writer.Write(Reals.EmptyIsMissing);
    }

    public static TextFormat Load(BinaryReader reader) => new()
    {
        Separators = reader.ReadString(),
        Quoting = reader.ReadBoolean(),
        Sparse = reader.ReadBoolean(),
        TrimEnd = reader.ReadBoolean(),
        HasHeader = reader.ReadBoolean(),
        Multiline = reader.ReadBoolean(),
        Escape = reader.ReadChar(),
        Fields = reader.ReadInt32(),
        MaxRows = reader.ReadInt64(),
        Reals = new(reader.ReadBoolean(), reader.ReadBoolean()),
    };
}
