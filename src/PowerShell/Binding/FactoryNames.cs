using System.Reflection;

namespace Fovea.PowerShell;

/// <summary>The ways the library has to make objects of a type: its static properties and methods, and its public types with options.</summary>
internal static class FactoryNames
{
    public static IReadOnlyList<Factory> Of(Type type)
    {
        const BindingFlags made = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var properties = type.GetProperties(made).Where(p => p.PropertyType == type).Select(Factory.Of);
        var methods = type.GetMethods(made).Where(m => m.ReturnType == type && !m.IsSpecialName && m.Name != "Parse").Select(Factory.Of);
        var types = type.Assembly.GetExportedTypes()
            .Where(t => type.IsAssignableFrom(t) && !t.IsAbstract && t.GetConstructor([]) is not null)
            .Select(t => Factory.Of(t.GetConstructor([])!));
        return [.. properties.Concat(methods).Concat(types).OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    public static Factory? Find(Type type, string name) => Of(type).FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
