using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace Fovea.Tests.Host;

/// <summary>The stand-in has no type and no member that PowerShell has not: what compiles against one runs against the other.</summary>
public class StandInTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly reference = new AssemblyLoadContext("reference").LoadFromAssemblyPath(
        typeof(StandInTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PowerShellReference").Value!);

    [Fact]
    public void Identity_OfTheStandIn_IsTheReferences() => Assert.Equal(reference.GetName().FullName, typeof(Cmdlet).Assembly.GetName().FullName);

    [Fact]
    public void Members_OfTheStandIn_AreInTheReference()
    {
        List<string> foreign = [];
        foreach (var type in typeof(Cmdlet).Assembly.GetExportedTypes().Where(t => t.Namespace!.StartsWith("System.Management.Automation", StringComparison.Ordinal)))
        {
            if (reference.GetType(type.FullName!) is not { } real)
            {
                foreign.Add(type.FullName!);
                continue;
            }
            if (type.IsEnum)
                foreign.AddRange(Enum.GetNames(type).Where(n => !Equals((int)Enum.Parse(real, n), (int)Enum.Parse(type, n))).Select(n => $"{type.Name}.{n}"));
            else
                foreign.AddRange(Signatures(type).Except(Signatures(real)).Select(s => $"{type.Name}: {s}"));
        }
        Assert.Empty(foreign);
    }

    // Members that a cmdlet can reach, as text, since the types of the two are not the same ones. A member may be inherited in one of them.
    private static IEnumerable<string> Signatures(Type? type)
    {
        for (; type is not null && type.Assembly != typeof(object).Assembly; type = type.BaseType)
        {
            foreach (var method in type.GetMethods(Declared).Where(m => Reaches(m) && !m.IsSpecialName && !m.Name.Contains('.')))
                yield return $"{method.Name}{Parameters(method)} : {Name(method.ReturnType)}";
            foreach (var constructor in type.GetConstructors(Declared).Where(Reaches))
                yield return $"new{Parameters(constructor)}";
            foreach (var property in type.GetProperties(Declared).Where(p => p.GetMethod is { } getter && Reaches(getter) && !p.Name.Contains('.')))
                yield return $"{property.Name} : {Name(property.PropertyType)}";
        }
    }

    private static bool Reaches(MethodBase method) => method.IsPublic || method.IsFamily;

    private static string Parameters(MethodBase method) => $"({string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"))})";

    private static string Name(Type type) => type.IsGenericType ? $"{type.Name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
}
