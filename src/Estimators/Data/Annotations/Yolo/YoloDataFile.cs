using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fovea.Data;

/// <summary>A data.yaml: class names, and where each split's images are.</summary>
internal sealed class YoloDataFile
{
    private static readonly string[] KnownSplits = ["train", "val", "test"];

    private readonly string _path;

    private YoloDataFile(string path) => _path = path;

    /// <summary>Of classes 0, 1, ...</summary>
    public IReadOnlyList<string> ClassNames { get; private set; } = [];

    /// <summary>Where the splits' paths begin, as listed; "" for the file's own folder.</summary>
    public string Root { get; private set; } = "";

    /// <summary>For each split of those that are listed its folders or list files, with their places in the file.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<(string Path, string Place)>> Splits { get; private set; } = new Dictionary<string, IReadOnlyList<(string, string)>>();

    /// <summary>The file itself, or the one in a folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Locate(string fileOrFolder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fileOrFolder);
        var full = Path.GetFullPath(fileOrFolder);
        if (File.Exists(full))
            return full;
        var inside = Path.Combine(full, "data.yaml");
        if (File.Exists(inside))
            return inside;
        string[] found = Directory.Exists(full) ? [.. Directory.EnumerateFiles(full).Where(f => Path.GetExtension(f) is ".yaml" or ".yml")] : [];
        return found.Length == 1 ? found[0]
            : throw new FileNotFoundException($"There is no {(Directory.Exists(full) ? $"'{inside}'" : $"file '{full}'")}{(found.Length > 1 ? $", but {string.Join(", ", found.Select(f => Path.GetFileName(f)))}: give the one that is meant" : "; a data set in YOLO's format has a data.yaml")}.", inside);
    }

    /// <exception cref="InvalidDataException">It is malformed; the message names line and column.</exception>
    public static YoloDataFile Read(string path)
    {
        var file = new YoloDataFile(path);
        var stream = new YamlStream();
        using var text = new StreamReader(path);
        var parser = new Parser(text);
        try
        {
            stream.Load(parser);
        }
        catch (YamlException e)
        {
            throw new InvalidDataException($"{TextPlace.Of(path, e.Start.Line, e.Start.Column)}: this is no YAML: {e.Message}", e);
        }
        // What YamlDotNet 16.3 throws where a list that was opened is not closed.
        catch (InvalidOperationException e)
        {
            var last = parser.Current?.End ?? Mark.Empty;
            throw new InvalidDataException($"{TextPlace.Of(path, last.Line, last.Column)}: this is no YAML: what begins before is not ended.", e);
        }
        if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode root)
            throw new InvalidDataException($"'{path}' must list names and the splits' paths (names: ..., train: ..., val: ...), but holds {(stream.Documents.Count == 0 ? "nothing" : "something else")}.");
        var splits = new Dictionary<string, IReadOnlyList<(string, string)>>();
        foreach (var (key, value) in root.Children)
            switch (((key as YamlScalarNode)?.Value) ?? "")
            {
                case "names":
                    file.ClassNames = file.Names(value);
                    break;
                case "path":
                    file.Root = file.Scalar(value, "path");
                    break;
                case var split when KnownSplits.Contains(split) && value is not YamlScalarNode { Value: null or "" or "~" or "null" }:
                    splits[split] = value is YamlSequenceNode list ? [.. list.Children.Select(n => (file.Scalar(n, split), file.Place(n)))] : [(file.Scalar(value, split), file.Place(value))];
                    break;
            }
        file.Splits = splits;
        if (file.ClassNames.Count == 0)
            throw new InvalidDataException($"'{path}' has no class names (names: [...] or names: {{0: ..., 1: ...}}).");
        if (root.Children.TryGetValue("nc", out var count) && file.Scalar(count, "nc") is var text2 && text2 != file.ClassNames.Count.ToString(CultureInfo.InvariantCulture))
            throw file.Error(count, $"nc says {text2} classes, but {file.ClassNames.Count} have names");
        return file;
    }

    /// <summary>Where a split's images are: folders and list files.</summary>
    /// <exception cref="ArgumentException">There is no such split.</exception>
    /// <exception cref="InvalidDataException">A path leads outside and may not.</exception>
    public IReadOnlyList<string> Sources(string split, bool allowPathsOutside)
    {
        if (!Splits.TryGetValue(split, out var listed))
            throw new ArgumentException($"'{_path}' has no split '{split}'. It has {(Splits.Count == 0 ? "none" : string.Join(", ", Splits.Keys))}.", nameof(split));
        var root = Path.GetDirectoryName(_path)!;
        if (Root.Length > 0)
            root = ListedPath.Resolve(root, Root, allowPathsOutside, () => $"'{_path}' (path)");
        return [.. listed.Select(l => ListedPath.Resolve(root, l.Path, allowPathsOutside, () => l.Place))];
    }

    private List<string> Names(YamlNode node)
    {
        var names = new List<string>();
        switch (node)
        {
            case YamlSequenceNode list:
                names.AddRange(list.Children.Select(n => Scalar(n, "names")));
                break;
            case YamlMappingNode map:
                var numbered = new SortedDictionary<int, string>();
                foreach (var (key, value) in map.Children)
                    if (!int.TryParse(Scalar(key, "names"), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || !numbered.TryAdd(index, Scalar(value, "names")))
                        throw Error(key, $"the classes must be numbered 0, 1, 2, ..., each once, but there is '{key}'");
                if (numbered.Keys.LastOrDefault(-1) != numbered.Count - 1)
                    throw Error(node, $"the classes must be numbered 0 to {numbered.Count - 1} without gaps, but the last is {numbered.Keys.LastOrDefault()}");
                names.AddRange(numbered.Values);
                break;
            default:
                throw Error(node, "names must be a list, or a map from numbers to names");
        }
        foreach (var twice in names.GroupBy(n => n).Where(g => g.Count() > 1))
            throw Error(node, $"the class name '{twice.Key}' is there {twice.Count()} times; each class needs its own");
        return names;
    }

    private string Scalar(YamlNode node, string what) => node is YamlScalarNode { Value: { Length: > 0 } value } ? value : throw Error(node, $"a text is wanted for {what}");

    private InvalidDataException Error(YamlNode node, string problem) => new($"{Place(node)}: {problem}.");

    private string Place(YamlNode node) => TextPlace.Of(_path, node.Start.Line, node.Start.Column);
}
