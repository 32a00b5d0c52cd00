using System.Reflection;

namespace Fovea.PowerShell;

/// <summary>Calls a method of the library with those arguments that were given; for the others its own defaults hold, so that none is written twice.</summary>
internal static class LibraryCall
{
    /// <param name="target">The object that has the method.</param>
    /// <param name="method">Its name.</param>
    /// <param name="given">Arguments by their names; those that are null were not given.</param>
    public static T Invoke<T>(object target, string method, params (string Name, object? Value)[] given)
    {
        var values = given.Where(g => g.Value is not null).ToDictionary(g => g.Name, g => g.Value);
        var fitting = target.GetType().GetMethods().Where(m => m.Name == method && Fits(m.GetParameters(), values.Keys)).ToList();
        if (fitting is not [var one])
            throw new MissingMethodException($"{target.GetType().Name}.{method} with {string.Join(", ", values.Keys)} is there {fitting.Count} times; it must be there once.");
        object?[] arguments = [.. one.GetParameters().Select(p => values.TryGetValue(p.Name!, out var value) ? value : Type.Missing)];
        const BindingFlags flags = BindingFlags.InvokeMethod | BindingFlags.OptionalParamBinding | BindingFlags.DoNotWrapExceptions;
        return (T)one.Invoke(target, flags, binder: null, arguments, culture: null)!;
    }

    private static bool Fits(ParameterInfo[] parameters, ICollection<string> given) =>
        given.All(name => parameters.Any(p => p.Name == name)) && parameters.All(p => p.IsOptional || given.Contains(p.Name!));
}
