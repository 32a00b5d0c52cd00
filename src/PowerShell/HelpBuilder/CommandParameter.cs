using System.Reflection;

namespace Fovea.PowerShell.Help;

/// <summary>A cmdlet's parameter, read by its attributes' data.</summary>
internal sealed class CommandParameter(PropertyInfo property)
{
    public const string EverySet = "__AllParameterSets";

    private readonly IReadOnlyList<CustomAttributeData> _declared = [.. property.GetCustomAttributesData().Where(a => a.AttributeType.Name == "ParameterAttribute")];

    public PropertyInfo Property => property;

    public string Name => property.Name;

    public Type Type => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    public string TypeName => Type.IsArray ? $"{Type.GetElementType()!.Name}[]" : Type.Name;

    public bool IsSwitch => Type.Name == "SwitchParameter";

    public IEnumerable<string> Sets => _declared.Select(d => Of(d, "ParameterSetName", EverySet));

    public string AnySet => Sets.First();

    public string Aliases => property.GetCustomAttributesData().FirstOrDefault(a => a.AttributeType.Name == "AliasAttribute") is { } alias
        ? string.Join(", ", ((IReadOnlyList<CustomAttributeTypedArgument>)alias.ConstructorArguments[0].Value!).Select(a => a.Value)) : "none";

    public bool IsIn(string set) => Sets.Contains(EverySet) || Sets.Contains(set);

    public bool IsMandatory(string set) => Of(In(set), "Mandatory", false);

    public string Position(string set) => Of(In(set), "Position", int.MinValue) is >= 0 and var position ? $"{position}" : "named";

    public string PipelineInput(string set) => (Of(In(set), "ValueFromPipeline", false), Of(In(set), "ValueFromPipelineByPropertyName", false)) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private CustomAttributeData? In(string set) => _declared.FirstOrDefault(d => Of(d, "ParameterSetName", EverySet) == set) ?? _declared.FirstOrDefault(d => Of(d, "ParameterSetName", EverySet) == EverySet);

    private static T Of<T>(CustomAttributeData? attribute, string name, T otherwise) =>
        attribute?.NamedArguments.FirstOrDefault(a => a.MemberName == name).TypedValue.Value is T value ? value : otherwise;
}
