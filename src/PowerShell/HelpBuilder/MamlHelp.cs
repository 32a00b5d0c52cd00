using System.Reflection;
using System.Xml.Linq;

namespace Fovea.PowerShell.Help;

/// <summary>PowerShell's help file: for each cmdlet what its page says, and what its class says of parameters.</summary>
internal static class MamlHelp
{
    private static readonly XNamespace file = "http://msh", maml = "http://schemas.microsoft.com/maml/2004/10",
        command = "http://schemas.microsoft.com/maml/dev/command/2004/10", dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <exception cref="FormatException">A cmdlet has no page, a page no cmdlet, or a parameter no words.</exception>
    public static XDocument Of(Assembly module, string pages, CodeDocumentation code)
    {
        var cmdlets = CommandClass.All(module).ToDictionary(c => c.Name);
        var read = Directory.EnumerateFiles(pages, "*.md").Order(StringComparer.Ordinal).Select(CommandPage.Read).ToList();
        if (read.FirstOrDefault(p => !cmdlets.ContainsKey(p.Name)) is { } foreign)
            throw new FormatException($"There is a page of {foreign.Name}, but no such cmdlet.");
        if (cmdlets.Keys.Except(read.Select(p => p.Name)).FirstOrDefault() is { } silent)
            throw new FormatException($"{silent} has no page in {pages}.");
        return new XDocument(new XElement(file + "helpItems", new XAttribute("schema", "maml"), read.Select(p => Command(p, cmdlets[p.Name], code))));
    }

    private static XElement Command(CommandPage page, CommandClass cmdlet, CodeDocumentation code) => new(command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", maml), new XAttribute(XNamespace.Xmlns + "command", command), new XAttribute(XNamespace.Xmlns + "dev", dev),
        new XElement(command + "details",
            new XElement(command + "name", page.Name),
            new XElement(command + "verb", page.Name.Split('-')[0]),
            new XElement(command + "noun", page.Name.Split('-')[1]),
            new XElement(maml + "description", Para(page.Synopsis))),
        new XElement(maml + "description", page.Description.Select(Para)),
        new XElement(command + "syntax", cmdlet.Sets.Select(set => new XElement(command + "syntaxItem",
            new XElement(maml + "name", page.Name), cmdlet.In(set).Select(p => Parameter(p, set, code))))),
        new XElement(command + "parameters", cmdlet.Parameters.Select(p => Parameter(p, p.AnySet, code))),
        new XElement(command + "inputTypes", cmdlet.Inputs.Select(t => new XElement(command + "inputType", Type(t)))),
        new XElement(command + "returnValues", cmdlet.Outputs.Select(t => new XElement(command + "returnValue", Type(t)))),
        new XElement(command + "examples", page.Examples.Select((e, i) => new XElement(command + "example",
            new XElement(maml + "title", $"Example {i + 1}: {e.Title}"), new XElement(dev + "code", e.Code), new XElement(dev + "remarks", Para(e.Remarks))))),
        new XElement(command + "relatedLinks", page.Links.Select(l => new XElement(maml + "navigationLink", new XElement(maml + "linkText", l.Text), new XElement(maml + "uri", l.Uri)))));

    private static XElement Parameter(CommandParameter parameter, string set, CodeDocumentation code) => new(command + "parameter",
        new XAttribute("required", parameter.IsMandatory(set)), new XAttribute("variableLength", parameter.Type.IsArray), new XAttribute("globbing", parameter.Name == "Path"),
        new XAttribute("pipelineInput", parameter.PipelineInput(set)), new XAttribute("position", parameter.Position(set)), new XAttribute("aliases", parameter.Aliases),
        new XElement(maml + "name", parameter.Name),
        new XElement(maml + "description", Para(code.SummaryOf(parameter.Property))),
        parameter.IsSwitch ? null : new XElement(command + "parameterValue", new XAttribute("required", true), new XAttribute("variableLength", parameter.Type.IsArray), parameter.TypeName),
        Type(parameter.TypeName),
        new XElement(dev + "defaultValue", "None"));

    private static XElement Type(string name) => new(dev + "type", new XElement(maml + "name", name), new XElement(maml + "uri"));

    private static XElement Para(string text) => new(maml + "para", text);
}
