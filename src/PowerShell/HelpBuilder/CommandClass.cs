using System.Reflection;

namespace Fovea.PowerShell.Help;

/// <summary>A cmdlet's class, read by its attributes' data: nothing of it is run.</summary>
internal sealed class CommandClass
{
    private CommandClass(Type type, CustomAttributeData cmdlet)
    {
        Name = $"{cmdlet.ConstructorArguments[0].Value}-{cmdlet.ConstructorArguments[1].Value}";
        Parameters = [.. type.GetProperties().Select(p => new CommandParameter(p)).Where(p => p.Sets.Any()).OrderBy(p => p.Name, StringComparer.Ordinal)];
        var named = Parameters.SelectMany(p => p.Sets).Where(s => s != CommandParameter.EverySet).Distinct().Order(StringComparer.Ordinal).ToList();
        Sets = named.Count > 0 ? named : [CommandParameter.EverySet];
        Outputs = [.. type.GetCustomAttributesData().Where(a => a.AttributeType.Name == "OutputTypeAttribute")
            .SelectMany(a => (IReadOnlyList<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!).Select(t => ((Type)t.Value!).FullName!)];
    }

    public string Name { get; }

    public IReadOnlyList<CommandParameter> Parameters { get; }

    public IReadOnlyList<string> Sets { get; }

    public IReadOnlyList<string> Outputs { get; }

    public IEnumerable<string> Inputs => Parameters.Where(p => Sets.Any(s => p.PipelineInput(s) != "False")).Select(p => p.TypeName).Distinct();

    public IEnumerable<CommandParameter> In(string set) => Parameters.Where(p => p.IsIn(set));

    public static IEnumerable<CommandClass> All(Assembly module) =>
        from type in module.GetExportedTypes()
        from attribute in type.GetCustomAttributesData()
        where attribute.AttributeType.Name == "CmdletAttribute"
        select new CommandClass(type, attribute);
}
