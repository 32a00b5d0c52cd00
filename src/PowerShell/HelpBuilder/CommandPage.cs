namespace Fovea.PowerShell.Help;

/// <summary>The Markdown page of a cmdlet: a title, a synopsis, and the sections Description, Examples and Links.</summary>
internal sealed record CommandPage
{
    public required string Name { get; init; }

    public required string Synopsis { get; init; }

    public required IReadOnlyList<string> Description { get; init; }

    public required IReadOnlyList<(string Title, string Code, string Remarks)> Examples { get; init; }

    /// <summary>Each with its address; "" for another cmdlet or topic.</summary>
    public required IReadOnlyList<(string Text, string Uri)> Links { get; init; }

    /// <exception cref="FormatException">A part is missing.</exception>
    public static CommandPage Read(string path)
    {
        var lines = File.ReadAllLines(path);
        var sections = Sections(lines);
        string[] Section(string title) => sections.TryGetValue(title, out var body) ? body : throw new FormatException($"{path} has no section {title}.");
        var top = Section("");
        var page = new CommandPage
        {
            Name = lines[0].StartsWith("# ", StringComparison.Ordinal) ? lines[0][2..].Trim() : throw new FormatException($"{path} must begin with # and the cmdlet's name."),
            Synopsis = Paragraphs(top).FirstOrDefault() ?? throw new FormatException($"{path} has no synopsis."),
            Description = Paragraphs(Section("Description")),
            Examples = [.. ReadExamples(Section("Examples"))],
            Links = [.. Section("Links").Where(l => l.StartsWith("- ", StringComparison.Ordinal)).Select(l => ReadLink(l[2..].Trim()))],
        };
        if (page.Examples.Count < 2 || page.Links.Count < 1)
            throw new FormatException($"{path} must have two examples and a link; it has {page.Examples.Count} and {page.Links.Count}.");
        return page;
    }

    private static Dictionary<string, string[]> Sections(string[] lines)
    {
        Dictionary<string, string[]> sections = [];
        var (title, from) = ("", 1);
        for (var i = 1; i <= lines.Length; i++)
        {
            if (i < lines.Length && !lines[i].StartsWith("## ", StringComparison.Ordinal))
                continue;
            sections[title] = lines[from..i];
            (title, from) = (i < lines.Length ? lines[i][3..].Trim() : "", i + 1);
        }
        return sections;
    }

    private static IReadOnlyList<string> Paragraphs(IEnumerable<string> lines) =>
        [.. string.Join('\n', lines).Split("\n\n").Select(p => p.Replace('\n', ' ').Replace("`", "").Trim()).Where(p => p.Length > 0)];

    private static IEnumerable<(string, string, string)> ReadExamples(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("### ", StringComparison.Ordinal))
                continue;
            var end = Array.FindIndex(lines, i + 1, l => l.StartsWith("### ", StringComparison.Ordinal));
            var body = lines[(i + 1)..(end < 0 ? lines.Length : end)];
            var (open, close) = (Array.FindIndex(body, l => l.StartsWith("```", StringComparison.Ordinal)), Array.FindLastIndex(body, l => l.StartsWith("```", StringComparison.Ordinal)));
            if (open < 0 || close <= open)
                throw new FormatException($"The example '{lines[i][4..]}' has no code.");
            yield return (lines[i][4..].Trim(), string.Join('\n', body[(open + 1)..close]), string.Join(' ', Paragraphs([.. body[..open], "", .. body[(close + 1)..]])));
        }
    }

    private static (string, string) ReadLink(string text) => text.StartsWith('[') && text.IndexOf("](", StringComparison.Ordinal) is > 0 and var middle
        ? (text[1..middle], text[(middle + 2)..].TrimEnd(')'))
        : (text, "");
}
