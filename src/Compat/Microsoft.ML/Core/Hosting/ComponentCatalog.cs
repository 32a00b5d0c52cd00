using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>The components of third parties that a model file can name.</summary>
public sealed class ComponentCatalog
{
    private readonly Lock _lock = new();
    private readonly HashSet<Assembly> _assemblies = [];
    private readonly Dictionary<(Type Attribute, string Contract), Type> _extensions = [];

    internal ComponentCatalog() { }

    /// <summary>Registers every class of <paramref name="assembly"/> that bears an <see cref="ExtensionBaseAttribute"/>.</summary>
    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        Check.Value(assembly, nameof(assembly));
        lock (_lock)
        {
            if (!_assemblies.Add(assembly))
                return;
            foreach (var type in assembly.GetTypes().Where(type => type.IsClass && !type.IsAbstract))
                foreach (var attribute in type.GetCustomAttributes<ExtensionBaseAttribute>())
                    Add(attribute, type, throwOnError);
        }
    }

    /// <summary>Makes the class registered under an attribute's type and contract name.</summary>
    internal object Create(Type attribute, string contract)
    {
        Type type;
        lock (_lock)
            _extensions.TryGetValue((attribute, contract), out type);
        Check.That(type is not null, $"Could not find a class with [{attribute.Name}(\"{contract}\")]; ComponentCatalog.RegisterAssembly makes an assembly's classes known.");
        return Activator.CreateInstance(type);
    }

    private void Add(ExtensionBaseAttribute attribute, Type type, bool throwOnError)
    {
        if (type.GetConstructor(Type.EmptyTypes) is null)
        {
            Check.That(!throwOnError, $"{type} has an extension attribute but no public parameterless constructor.");
            return;
        }
        var key = (attribute.GetType(), attribute.ContractName);
        Check.That(_extensions.TryAdd(key, type) || _extensions[key] == type || !throwOnError,
            $"Both {_extensions[key]} and {type} are registered as '{attribute.ContractName}'.");
    }
}
