using System.Runtime.InteropServices;

namespace Fovea.Native;

/// <summary>Owns a TorchScript module.</summary>
public sealed class ModuleHandle : SafeHandle
{
    internal ModuleHandle(nint module)
        : base(0, ownsHandle: true) => SetHandle(module);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Exports.fovea_module_free(handle);
        return true;
    }
}
