using System.Management.Automation;
using System.Reflection;

namespace Fovea.PowerShell.Host;

/// <summary>One parameter of a cmdlet.</summary>
internal sealed class BindableParameter(PropertyInfo property)
{
    private readonly IReadOnlyList<ParameterAttribute> _declared = [.. property.GetCustomAttributes<ParameterAttribute>(inherit: true)];

    public string Name => property.Name;

    public Type Type => property.PropertyType;

    public IEnumerable<string> Names => [Name, .. property.GetCustomAttribute<AliasAttribute>(inherit: true)?.AliasNames ?? []];

    public IEnumerable<string> Sets => _declared.Select(d => d.ParameterSetName);

    public bool IsInAllSets => Sets.Contains(ParameterAttribute.AllParameterSets);

    public bool IsIn(string set) => IsInAllSets || Sets.Contains(set);

    public ParameterAttribute In(string set) => _declared.FirstOrDefault(d => d.ParameterSetName == set) ?? _declared.FirstOrDefault(d => d.ParameterSetName == ParameterAttribute.AllParameterSets);

    public int Position => _declared.Max(d => d.Position);

    public object Get(object command) => property.GetValue(command);

    /// <summary>Transforms, converts and validates a value and sets it.</summary>
    public void Set(object command, object value)
    {
        foreach (var transformation in property.GetCustomAttributes<ArgumentTransformationAttribute>(inherit: true))
            value = transformation.Transform(new EngineIntrinsics(), value);
        value = Conversion.To(value, Type);
        foreach (var validation in property.GetCustomAttributes<ValidateArgumentsAttribute>(inherit: true))
            validation.Check(value);
        property.SetValue(command, value);
    }

    /// <summary>Sets what stood there before anything was bound.</summary>
    public void Reset(object command, object value) => property.SetValue(command, value);
}
