using System.Reflection;

namespace Fovea.PowerShell;

/// <summary>One way to make an object of the library.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Member">The static property or method, or the constructor.</param>
internal sealed record Factory(string Name, MemberInfo Member)
{
    /// <summary>How it is written: its name, and in parentheses what can be given.</summary>
    public string Usage => Parameters.Length > 0 ? $"{Name}({string.Join(", ", Parameters.Select(p => p.IsOptional ? $"[{p.Name}]" : p.Name))})"
        : Settable.Length > 0 ? $"{Name}([{string.Join("=, ", Settable.Select(p => p.Name))}=])"
        : Name;

    private ParameterInfo[] Parameters => Member is MethodInfo method ? method.GetParameters() : [];

    private PropertyInfo[] Settable => Member is ConstructorInfo constructor ? [.. constructor.DeclaringType!.GetProperties().Where(p => p.SetMethod is { IsPublic: true })] : [];

    public static Factory Of(PropertyInfo property) => new(property.Name, property);

    public static Factory Of(MethodInfo method) => new(method.Name, method);

    public static Factory Of(ConstructorInfo constructor) => new(constructor.DeclaringType!.Name, constructor);

    /// <param name="positional">Arguments in order: numbers, words, lists of numbers.</param>
    /// <param name="named">Arguments by name.</param>
    /// <param name="wrong">Makes the exception for what does not fit.</param>
    public object Make(IReadOnlyList<object> positional, IReadOnlyDictionary<string, object> named, Func<string, Exception> wrong)
    {
        if (Member is MethodInfo method)
            return Call(method, positional, named, wrong);
        if (positional.Count > 0 || (named.Count > 0 && Settable.Length == 0))
            throw wrong($"{Name} takes {(Settable.Length == 0 ? "nothing" : "names with values")} in parentheses");
        var made = Member is PropertyInfo property ? property.GetValue(null)! : ((ConstructorInfo)Member).Invoke([]);
        foreach (var (name, value) in named)
        {
            var option = Settable.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw wrong($"{Name} has no {name}");
            option.SetValue(made, Convert(value, option.PropertyType, wrong));
        }
        return made;
    }

    private object Call(MethodInfo method, IReadOnlyList<object> positional, IReadOnlyDictionary<string, object> named, Func<string, Exception> wrong)
    {
        if (positional.Count > Parameters.Length)
            throw wrong($"{Name} takes {Parameters.Length} values; it is given {positional.Count}");
        if (named.Keys.FirstOrDefault(n => !Parameters.Any(p => p.Name!.Equals(n, StringComparison.OrdinalIgnoreCase))) is { } unknown)
            throw wrong($"{Name} has no {unknown}");
        object?[] arguments = [.. Parameters.Select((p, i) =>
            i < positional.Count ? Convert(positional[i], p.ParameterType, wrong)
            : named.TryGetValue(p.Name!, out var value) ? Convert(value, p.ParameterType, wrong)
            : p.IsOptional ? Type.Missing
            : throw wrong($"{Name} needs its {p.Name}"))];
        const BindingFlags flags = BindingFlags.InvokeMethod | BindingFlags.OptionalParamBinding | BindingFlags.DoNotWrapExceptions;
        return method.Invoke(null, flags, binder: null, arguments, culture: null)!;
    }

    private static object Convert(object value, Type wanted, Func<string, Exception> wrong)
    {
        wanted = Nullable.GetUnderlyingType(wanted) ?? wanted;
        try
        {
            return (value, wanted) switch
            {
                (string word, { IsEnum: true }) => Enum.Parse(wanted, word, ignoreCase: true),
                (string word, _) when wanted == typeof(bool) => bool.Parse(word),
                (double number, _) when wanted == typeof(int) && number == (int)number => (int)number,
                (double number, _) when wanted == typeof(double) => number,
                (List<double> numbers, _) when wanted.IsAssignableFrom(typeof(double[])) => numbers.ToArray(),
                (List<double> numbers, _) when wanted.IsAssignableFrom(typeof(float[])) => numbers.Select(n => (float)n).ToArray(),
                (string word, _) when FactoryNames.Find(wanted, word) is { } factory => factory.Make([], new Dictionary<string, object>(), wrong),
                (string word, _) when wanted == typeof(EdgeFill) => EdgeFill.Parse(word),
                _ => throw wrong($"'{value}' is no {wanted.Name}"),
            };
        }
        catch (ArgumentException e)
        {
            throw wrong(e.Message.TrimEnd('.'));
        }
    }
}
