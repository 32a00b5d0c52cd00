using System.Text.Json;
using static TorchSharp.torch;

namespace Fovea.Storage;

/// <summary>
/// The header of a safetensors file (Hugging Face, 2022): a JSON object of name to {dtype, shape, data_offsets}. Every number
/// in it is checked before a byte is allocated for it.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>The reference implementation's own limit.</summary>
    public const long LargestHeader = 100_000_000;

    private static readonly (string Name, ScalarType Type, int Size)[] Types =
    [
        ("BOOL", ScalarType.Bool, 1), ("U8", ScalarType.Byte, 1), ("I8", ScalarType.Int8, 1), ("I16", ScalarType.Int16, 2), ("I32", ScalarType.Int32, 4),
        ("I64", ScalarType.Int64, 8), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2), ("F32", ScalarType.Float32, 4), ("F64", ScalarType.Float64, 8),
    ];

    /// <summary>Bytes of one element.</summary>
    public static int SizeOf(ScalarType type) => Find(type).Size;

    /// <param name="json">The header, maybe with white space behind it.</param>
    /// <param name="dataLength">Bytes behind the header.</param>
    /// <param name="source">The file, for messages.</param>
    /// <returns>The tensors in the order of the header.</returns>
    /// <exception cref="InvalidDataException">The header is no such JSON, or announces what the data cannot be.</exception>
    public static IReadOnlyList<SafetensorsEntry> Parse(ReadOnlyMemory<byte> json, long dataLength, string source)
    {
        var entries = new List<SafetensorsEntry>();
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new JsonException("it is no object");
            foreach (var property in document.RootElement.EnumerateObject())
                if (property.Name != "__metadata__")
                    entries.Add(Entry(property, source));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{source}' has a damaged safetensors header: {e.Message}", e);
        }
        CheckOffsets(entries, dataLength, source);
        return entries;
    }

    /// <summary>The header of tensors that lie one behind the other, padded so that the data begins at a multiple of 8 bytes.</summary>
    public static byte[] Write(IEnumerable<SafetensorsEntry> entries)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            writer.WriteString("format", "pt");
            writer.WriteEndObject();
            foreach (var entry in entries)
            {
                writer.WriteStartObject(entry.Name);
                writer.WriteString("dtype", Find(entry.Type).Name);
                writer.WriteStartArray("shape");
                foreach (var size in entry.Shape)
                    writer.WriteNumberValue(size);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(entry.Start);
                writer.WriteNumberValue(entry.End);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        while (stream.Length % 8 != 0)
            stream.WriteByte((byte)' ');
        return stream.ToArray();
    }

    private static SafetensorsEntry Entry(JsonProperty property, string source)
    {
        var (name, value) = (property.Name, property.Value);
        if (value.ValueKind != JsonValueKind.Object)
            throw new JsonException($"'{name}' is no object");
        foreach (var field in value.EnumerateObject())
            if (field.Name is not ("dtype" or "shape" or "data_offsets"))
                throw new JsonException($"'{name}' has a field '{field.Name}' that the format does not know");
        if (!value.TryGetProperty("dtype", out var dtype) || !value.TryGetProperty("shape", out var shape) || !value.TryGetProperty("data_offsets", out var offsets))
            throw new JsonException($"'{name}' lacks dtype, shape or data_offsets");
        var type = Array.Find(Types, t => t.Name == dtype.GetString());
        if (type.Name is null)
            throw new InvalidDataException($"'{source}': the tensor '{name}' is of type {dtype.GetString()}; {string.Join(", ", Types.Select(t => t.Name))} can be read.");
        var sizes = shape.EnumerateArray().Select(s => s.GetInt64()).ToArray();
        if (offsets.GetArrayLength() != 2)
            throw new JsonException($"'{name}' has {offsets.GetArrayLength()} data_offsets instead of 2");
        var (start, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        if (start < 0 || end < start)
            throw new InvalidDataException($"'{source}': the tensor '{name}' lies at [{start}, {end}), which is no range.");
        if (Bytes(sizes, type.Size) is not { } wanted || wanted != end - start)
            throw new InvalidDataException($"'{source}': the tensor '{name}' of type {type.Name} and shape ({string.Join(", ", sizes)}) has {end - start} bytes, which its shape does not give.");
        return new SafetensorsEntry(name, type.Type, sizes, start, end);
    }

    /// <summary>The data must be covered by tensors without gap and overlap: nothing hides in the file, and no byte is read twice.</summary>
    private static void CheckOffsets(List<SafetensorsEntry> entries, long dataLength, string source)
    {
        long at = 0;
        SafetensorsEntry? last = null;
        foreach (var entry in entries.OrderBy(e => e.Start).ThenBy(e => e.End))
        {
            if (entry.End > dataLength)
                throw new InvalidDataException($"'{source}': the tensor '{entry.Name}' ends at byte {entry.End}, but there are {dataLength}. The file is cut off or was changed.");
            if (entry.Start < at)
                throw new InvalidDataException($"'{source}': the tensors '{last!.Name}' and '{entry.Name}' overlap. The file was changed.");
            if (entry.Start > at)
                throw new InvalidDataException($"'{source}': {entry.Start - at} bytes before the tensor '{entry.Name}' belong to none. The file was changed.");
            (at, last) = (entry.End, entry);
        }
        if (at < dataLength)
            throw new InvalidDataException($"'{source}': the last {dataLength - at} bytes belong to no tensor. The file was changed.");
    }

    /// <summary>Null where a size is negative or the product too large for a number.</summary>
    private static long? Bytes(long[] sizes, int elementSize)
    {
        Int128 bytes = elementSize;
        foreach (var size in sizes)
        {
            if (size < 0 || (bytes *= size) > long.MaxValue)
                return null;
        }
        return (long)bytes;
    }

    private static (string Name, ScalarType Type, int Size) Find(ScalarType type)
    {
        var found = Array.Find(Types, t => t.Type == type);
        return found.Name is not null ? found : throw new NotSupportedException($"A tensor of type {type} cannot be written to a safetensors file; {string.Join(", ", Types.Select(t => t.Type))} can.");
    }
}
