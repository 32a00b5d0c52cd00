using System.Management.Automation;

namespace Fovea.PowerShell.Host;

/// <summary>Binds a cmdlet's parameters as PowerShell does: by name, by position, and from the pipeline by value and by property name, first as they are, then converted.</summary>
internal sealed class Binder
{
    private readonly PSCmdlet _command;
    private readonly bool _expectsInput;
    private readonly IReadOnlyList<BindableParameter> _parameters;
    private readonly Dictionary<BindableParameter, object> _initial;
    private readonly HashSet<BindableParameter> _given = [];
    private readonly List<(BindableParameter Parameter, object Value)> _arguments = [];
    private readonly List<object> _positional = [];

    public Binder(PSCmdlet command, bool expectsInput)
    {
        (_command, _expectsInput) = (command, expectsInput);
        _parameters = [.. command.GetType().GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute), inherit: true)).Select(p => new BindableParameter(p))];
        _initial = _parameters.ToDictionary(p => p, p => p.Get(command));
    }

    public void Give(string name, object value)
    {
        if (name is null)
            _positional.Add(value);
        else
            _arguments.Add((Find(name), value));
    }

    public void BindArguments()
    {
        foreach (var (parameter, value) in _arguments)
            Set(parameter, value);
        var free = new Queue<BindableParameter>(_parameters.Where(p => p.Position >= 0 && !_given.Contains(p)).OrderBy(p => p.Position));
        foreach (var value in _positional)
            Set(free.Count > 0 ? free.Dequeue() : throw new ParameterBindingException($"A positional parameter cannot be found that accepts argument '{value}'."), value);
        ChooseSet(_given);
        if (!_expectsInput)
            RequireMandatory();
    }

    public void RequireMandatory() => RequireMandatory(_given);

    /// <returns>False where the object fits no parameter.</returns>
    public bool BindInput(object input)
    {
        input = (input as PSObject)?.BaseObject ?? input;
        foreach (var parameter in _parameters.Where(p => !_given.Contains(p)))
            parameter.Reset(_command, _initial[parameter]);
        var bound = new HashSet<BindableParameter>(_given);
        foreach (var converts in new[] { false, true })
        {
            foreach (var parameter in Open(bound, a => a.ValueFromPipeline))
                if (Fits(input, parameter.Type, converts) && IsPossible(bound, parameter))
                    Take(bound, parameter, input);
            foreach (var parameter in Open(bound, a => a.ValueFromPipelineByPropertyName))
                if (Property(input, parameter) is { } value && Fits(value, parameter.Type, converts) && IsPossible(bound, parameter))
                    Take(bound, parameter, value);
        }
        if (bound.Count == _given.Count)
            return false;
        ChooseSet(bound);
        RequireMandatory(bound);
        return true;
    }

    private void Take(HashSet<BindableParameter> bound, BindableParameter parameter, object value)
    {
        parameter.Set(_command, value);
        bound.Add(parameter);
    }

    private void Set(BindableParameter parameter, object value)
    {
        parameter.Set(_command, value);
        _given.Add(parameter);
        _command.MyInvocation.BoundParameters[parameter.Name] = value;
    }

    private BindableParameter Find(string name)
    {
        var exact = _parameters.Where(p => p.Names.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
        var found = exact.Count > 0 ? exact : [.. _parameters.Where(p => p.Names.Any(n => n.StartsWith(name, StringComparison.OrdinalIgnoreCase)))];
        return found is [var one] ? one : throw new ParameterBindingException($"A parameter cannot be found that matches parameter name '{name}'.");
    }

    private List<BindableParameter> Open(HashSet<BindableParameter> bound, Func<ParameterAttribute, bool> takes) =>
        [.. _parameters.Where(p => !bound.Contains(p) && PossibleSets(bound).Any(s => p.In(s) is { } a && takes(a)))];

    private bool IsPossible(HashSet<BindableParameter> bound, BindableParameter parameter) => PossibleSets([.. bound, parameter]).Count > 0;

    private List<string> PossibleSets(HashSet<BindableParameter> bound)
    {
        var all = _parameters.SelectMany(p => p.Sets).Where(s => s != ParameterAttribute.AllParameterSets).Distinct().ToList();
        return all.Count == 0 ? [ParameterAttribute.AllParameterSets] : [.. all.Where(s => bound.All(p => p.IsIn(s)))];
    }

    private void ChooseSet(HashSet<BindableParameter> bound)
    {
        var possible = PossibleSets(bound);
        if (possible.Count == 0)
            throw new ParameterBindingException("Parameter set cannot be resolved using the specified named parameters.");
        var standard = ((CmdletAttribute)Attribute.GetCustomAttribute(_command.GetType(), typeof(CmdletAttribute))).DefaultParameterSetName;
        var complete = possible.Where(s => _parameters.All(p => p.In(s) is not { Mandatory: true } || bound.Contains(p))).ToList();
        var chosen = complete.Count > 0 ? complete : possible;
        _command.ParameterSetName = standard is not null && chosen.Contains(standard) ? standard : chosen[0];
    }

    private void RequireMandatory(HashSet<BindableParameter> bound)
    {
        var missing = _parameters.Where(p => p.In(_command.ParameterSetName) is { Mandatory: true } && !bound.Contains(p)).Select(p => p.Name).ToList();
        if (missing.Count > 0)
            throw new ParameterBindingException($"Cannot process command because of one or more missing mandatory parameters: {string.Join(" ", missing)}.");
    }

    private static object Property(object input, BindableParameter parameter) =>
        parameter.Names.Select(n => input.GetType().GetProperties().FirstOrDefault(p => p.Name.Equals(n, StringComparison.OrdinalIgnoreCase))?.GetValue(input)).FirstOrDefault(v => v is not null);

    private static bool Fits(object value, Type type, bool converts) =>
        type.IsInstanceOfType(value) || (Nullable.GetUnderlyingType(type) ?? type).IsInstanceOfType(value)
        || (type.IsArray && type.GetElementType().IsInstanceOfType(value)) || (converts && Conversion.IsPossible(value, type));
}
