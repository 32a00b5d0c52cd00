using System.Reflection;
using System.Runtime.Loader;

namespace Fovea.Init;

/// <summary>
/// Where the module and what it depends on is loaded: apart from PowerShell's own assemblies, of which some have the same names and
/// other versions, and from those of other modules.
/// </summary>
/// <param name="assembly">The path of Fovea.PowerShell.dll, whose .deps.json beside it says where its dependencies are.</param>
internal sealed class ModuleLoadContext(string assembly) : AssemblyLoadContext("Fovea")
{
    private readonly AssemblyDependencyResolver _resolver = new(assembly);

    public Assembly Module => LoadFromAssemblyPath(assembly);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // A second System.Management.Automation would have other Cmdlet and PSObject types than the shell.
        if (assemblyName.Name is "System.Management.Automation" or "Fovea.Init")
            return null;
        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
