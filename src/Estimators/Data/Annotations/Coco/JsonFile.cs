using System.Text.Json;

namespace Fovea.Data;

/// <summary>
/// Walks over a JSON file once, from front to back, without a tree of it in memory (COCO's largest has 450 MB); every error names
/// file, line and column.
/// </summary>
internal ref struct JsonFile
{
    private readonly string _path;
    private readonly ReadOnlySpan<byte> _json;
    private readonly int _skipped;
    private Utf8JsonReader _reader;

    /// <param name="path">For messages.</param>
    /// <param name="json">The file's content; may begin with a byte order mark.</param>
    public JsonFile(string path, ReadOnlySpan<byte> json)
    {
        _path = path;
        _json = json;
        _skipped = json.StartsWith("\uFEFF"u8) ? 3 : 0;
        _reader = new Utf8JsonReader(json[_skipped..], new JsonReaderOptions { CommentHandling = JsonCommentHandling.Disallow });
    }

    public readonly JsonTokenType Type => _reader.TokenType;

    /// <summary>Where the token begins, in bytes from the start of the file.</summary>
    public readonly int Offset => _skipped + (int)_reader.TokenStartIndex;

    public bool Read()
    {
        try
        {
            return _reader.Read();
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }
    }

    /// <summary>To the end of the list or object that begins here.</summary>
    public void Skip()
    {
        try
        {
            _reader.Skip();
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }
    }

    /// <summary>The whole value that begins here, as it stands, as a range of the file; stands at its end afterwards.</summary>
    public Range Raw()
    {
        var start = Offset;
        Skip();
        return start..(_skipped + (int)_reader.BytesConsumed);
    }

    public readonly bool Is(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    public readonly void Require(JsonTokenType type, string what)
    {
        if (Type != type)
            throw Error($"{what} is wanted, but there is {Describe(Type)}");
    }

    /// <summary>A whole number; 3.0 is one.</summary>
    public readonly long Integer(string what)
    {
        Require(JsonTokenType.Number, $"the number {what}");
        if (_reader.TryGetInt64(out var number))
            return number;
        return _reader.TryGetDouble(out var value) && value == Math.Floor(value) && Math.Abs(value) < 1L << 53 ? (long)value
            : throw Error($"{what} must be a whole number of 64 bits");
    }

    public readonly double Number(string what)
    {
        Require(JsonTokenType.Number, $"the number {what}");
        return _reader.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw Error($"{what} must be a finite number");
    }

    /// <summary>true, false, or a number other than 0.</summary>
    public readonly bool Flag(string what) => Type switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => Integer(what) != 0,
    };

    public readonly string Text(string what)
    {
        Require(JsonTokenType.String, $"the text {what}");
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw Error($"{what} is no valid text: {e.Message}");
        }
    }

    public readonly InvalidDataException Error(string problem) => Error(_path, _json, Offset, problem);

    public static InvalidDataException Error(string path, ReadOnlySpan<byte> json, int offset, string problem) =>
        new($"{TextPlace.Of(path, json, offset)}: {problem}.");

    private readonly InvalidDataException Malformed(JsonException e)
    {
        // The reader counts both from 0, and adds what it counted to its message.
        var message = e.Message.Contains(" LineNumber:", StringComparison.Ordinal) ? e.Message[..e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal)] : e.Message;
        return new InvalidDataException($"{TextPlace.Of(_path, (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1)}: this is no JSON: {message}", e);
    }

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "null",
    };
}
