using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Fovea.PowerShell.Help;

/// <summary>
/// The XML documentation of the assemblies: what a parameter is for stands at its property, or, by <c>inheritdoc</c>, at the option that it sets. So each
/// sentence is written once, and help tells what the library does.
/// </summary>
/// <param name="folder">Where the .xml files lie.</param>
internal sealed partial class CodeDocumentation(string folder)
{
    private readonly Dictionary<string, XElement> _members = Directory.EnumerateFiles(folder, "Fovea*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .GroupBy(member => member.Attribute("name")!.Value)
        .ToDictionary(members => members.Key, members => members.First());

    /// <summary>The summary of a property in plain words.</summary>
    /// <exception cref="FormatException">It has none.</exception>
    public string SummaryOf(PropertyInfo property) => Summary($"P:{Name(property.DeclaringType!)}.{property.Name}");

    private string Summary(string name)
    {
        if (!_members.TryGetValue(name, out var member))
            throw new FormatException($"{name} has no documentation.");
        if (member.Element("inheritdoc") is { } inherited)
            return Summary(inherited.Attribute("cref")!.Value);
        return member.Element("summary") is { } summary ? Plain(summary) : throw new FormatException($"{name} has no summary.");
    }

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!;

    private static string Plain(XElement element) => Blanks().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    // A reference is told by its last name: "Fovea.Precision.Auto" is Auto.
    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } reference => (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword"))!.Value.Split('(')[0].Split('.', ':')[^1].Split('`')[0],
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
