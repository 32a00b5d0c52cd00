using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace Fovea.Init;

/// <summary>
/// Runs when the module is imported, before PowerShell asks for its root module. The manifest names that by a file which is not in
/// the module's folder, so that PowerShell asks the runtime for it by name, and gets it from here.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private const string Module = "Fovea.PowerShell";

    // One for the life of the process: a type cannot be loaded twice into one pipeline, and LibTorch not twice into one process.
    private static readonly Lazy<ModuleLoadContext> context = new(() =>
        new(Path.Combine(Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!, "lib", $"{Module}.dll")));

    /// <inheritdoc/>
    public void OnImport()
    {
        // Imported twice, it is still asked once.
        AssemblyLoadContext.Default.Resolving -= Resolve;
        AssemblyLoadContext.Default.Resolving += Resolve;
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => AssemblyLoadContext.Default.Resolving -= Resolve;

    private static Assembly? Resolve(AssemblyLoadContext asking, AssemblyName name) => name.Name == Module ? context.Value.Module : null;
}
