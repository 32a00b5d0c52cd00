using System.Buffers;
using System.Text.Json;

namespace Fovea.Data;

/// <summary>An object's outline in COCO's JSON: polygons that together are the object, or run lengths.</summary>
internal sealed class Outline
{
    private Outline(IReadOnlyList<double[]>? polygons, RunLengths? runs) => (Polygons, Runs) = (polygons, runs);

    /// <summary>Each x0, y0, x1, y1, ...; null where it is runs.</summary>
    public IReadOnlyList<double[]>? Polygons { get; }

    /// <summary>Null where it is polygons.</summary>
    public RunLengths? Runs { get; }

    /// <param name="json"><c>[[x0, y0, ...], ...]</c> or <c>{"size": [H, W], "counts": [...] or "..."}</c>, UTF-8.</param>
    /// <returns>Null for an empty list.</returns>
    /// <exception cref="InvalidDataException">It is something else; the message goes on after "the segmentation".</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static Outline? Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartArray => ParsePolygons(ref reader),
            JsonTokenType.StartObject => new Outline(null, ParseRuns(ref reader)),
            _ => throw new InvalidDataException("is neither a list of polygons nor an object with size and counts"),
        };
    }

    /// <summary>Polygons as JSON, UTF-8.</summary>
    public static byte[] ToJson(IEnumerable<double[]> polygons)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartArray();
            foreach (var polygon in polygons)
            {
                writer.WriteStartArray();
                foreach (var value in polygon)
                    writer.WriteNumberValue(value);
                writer.WriteEndArray();
            }
            writer.WriteEndArray();
        }
        return json.WrittenSpan.ToArray();
    }

    /// <summary>Its pixels.</summary>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <exception cref="InvalidDataException">Runs of an image of another size.</exception>
    public RunLengths ToRuns(int height, int width)
    {
        if (Polygons is not null)
            return RunLengths.Union([.. Polygons.Select(p => Polygon.Rasterize(p, height, width))]);
        CheckSize(height, width);
        return Runs!;
    }

    /// <exception cref="InvalidDataException">Runs of an image of another size.</exception>
    public void CheckSize(int height, int width)
    {
        if (Runs is not null && (Runs.Height != height || Runs.Width != width))
            throw new InvalidDataException($"is of {Runs.Height} x {Runs.Width} pixels (height x width), but its image has {height} x {width}");
    }

    /// <summary>The smallest box around it, half-open.</summary>
    public (float X0, float Y0, float X1, float Y1) Bounds() => Polygons is null ? Runs!.Bounds() : Polygon.Bounds(Polygons);

    /// <summary>Pixels it covers: of polygons what each encloses, of runs their number.</summary>
    public double Area() => Polygons is null ? Runs!.Area : Polygons.Sum(p => Polygon.Area(p));

    private static Outline? ParsePolygons(ref Utf8JsonReader reader)
    {
        var polygons = new List<double[]>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new InvalidDataException($"must be a list of polygons, each a list of numbers, but holds {reader.TokenType}");
            var points = Numbers(ref reader);
            if (Polygon.Problem(points) is { } problem)
                throw new InvalidDataException($"is wrong: polygon {polygons.Count} {problem}");
            polygons.Add(points);
        }
        return polygons.Count == 0 ? null : new Outline(polygons, null);
    }

    private static RunLengths ParseRuns(ref Utf8JsonReader reader)
    {
        int[]? counts = null, size = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCounts = reader.ValueTextEquals("counts");
            var isSize = reader.ValueTextEquals("size");
            reader.Read();
            if (isCounts && reader.TokenType == JsonTokenType.String)
                counts = Compressed(ref reader);
            else if ((isCounts || isSize) && reader.TokenType == JsonTokenType.StartArray)
            {
                var numbers = Numbers(ref reader);
                if (Array.Find(numbers, n => n < 0 || n > int.MaxValue || n != Math.Floor(n)) is var odd && odd != 0)
                    throw new InvalidDataException($"is wrong: {(isCounts ? "counts" : "size")} must be whole numbers from 0, but one is {odd.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
                (isCounts ? ref counts : ref size) = [.. numbers.Select(n => (int)n)];
            }
            else
                reader.Skip();
        }
        if (size is not [> 0, > 0] || counts is null || (long)size[0] * size[1] > int.MaxValue)
            throw new InvalidDataException("is wrong: runs need \"size\" (height and width) and \"counts\" (a list of numbers or a text)");
        try
        {
            return new RunLengths(size[0], size[1], counts);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"is wrong: {e.Message}", e);
        }
    }

    private static int[] Compressed(ref Utf8JsonReader reader)
    {
        // A backslash is one of the characters, and JSON escapes it.
        var text = new byte[reader.ValueSpan.Length];
        var length = reader.CopyString(text);
        try
        {
            return CompressedRuns.Decode(text.AsSpan(0, length));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"is wrong: {e.Message}", e);
        }
    }

    private static double[] Numbers(ref Utf8JsonReader reader)
    {
        var numbers = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            numbers.Add(reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) ? number
                : throw new InvalidDataException($"is wrong: a number is wanted, but there is {reader.TokenType}"));
        return [.. numbers];
    }
}
