using System.Text.Json;
using System.Text.Json.Nodes;
using Fovea.Storage;

namespace Fovea.Reporting;

/// <summary>A report for machines. Names stay the same from version to version; what is no finite number is null.</summary>
internal static class JsonReport
{
    /// <summary>Raised when a name changes its meaning or goes.</summary>
    private const int Format = 1;

    /// <summary>A line for each number of a large matrix would be ten times as long.</summary>
    private static readonly JsonSerializerOptions _compact = new(ModelJson.Options) { WriteIndented = false };

    public static string Of(ReportPage page)
    {
        var json = new JsonObject
        {
            ["format"] = Format,
            ["task"] = page.Task,
            ["title"] = page.Title,
            ["summary"] = page.Subtitle,
            ["created"] = page.Created.ToString("O"),
            ["headline"] = Facts(page.Headline),
        };
        foreach (var section in page.Sections)
        {
            var parts = new JsonObject();
            foreach (var part in section.Parts)
                if (Part(part) is { } value)
                    parts[part.Key] = value;
            json[section.Key] = parts;
        }
        return json.ToJsonString(_compact);
    }

    private static JsonNode? Part(ReportPart part) => part switch
    {
        FactsPart facts => Facts(facts.Facts),
        NotePart note => note.Text,
        TablePart table => new JsonArray([.. table.Rows.Select(row => (JsonNode)new JsonObject(row.Select((value, i) => KeyValuePair.Create(table.Columns[i].Key, Value(value)))))]),
        FigurePart figure => figure.Numbers?.Invoke(),
        PicturesPart pictures => new JsonArray([.. pictures.Groups.Select(group => (JsonNode)Group(group))]),
        _ => throw new NotSupportedException($"{part.GetType().Name} has no JSON."),
    };

    private static JsonObject Facts(IEnumerable<ReportFact> facts) => new(facts.Select(f => KeyValuePair.Create(f.Key, Value(f.Value))));

    private static JsonObject Group(PictureGroup group)
    {
        var json = Facts(group.Facts);
        json.Insert(0, "name", group.Name);
        return json;
    }

    private static JsonNode? Value(ReportValue value) => value.Number is not { } number ? JsonValue.Create(value.Text) : double.IsFinite(number) ? JsonValue.Create(number) : null;
}
